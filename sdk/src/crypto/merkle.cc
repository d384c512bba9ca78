#include "crypto/merkle.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <utility>

namespace greenlane::crypto {
namespace {

/// The way from a node to the root: which number it has on its level, and which one the last node there has.
struct Climb {
  std::uint64_t node;
  std::uint64_t last;

  void up() noexcept {
    node >>= 1u;
    last >>= 1u;
  }
  bool is_right() const noexcept { return (node & 1u) != 0; }
  /// A node without a sibling goes up as it is, until there is one on its left.
  bool joins_from_right() const noexcept { return is_right() || node == last; }
  void skip_levels_without_sibling() noexcept {
    while (!is_right() && node != 0) up();
  }
};

}  // namespace

Hash leaf_hash(std::string_view entry) {
  Sha256 hasher;
  hasher.begin();
  hasher.add(std::string_view("\0", 1));
  hasher.add(entry);
  return hasher.end();
}

Hash node_hash(const Hash& left, const Hash& right) {
  Sha256 hasher;
  hasher.begin();
  hasher.add("\1");
  hasher.add(bytes_of(left));
  hasher.add(bytes_of(right));
  return hasher.end();
}

void MerkleTree::append_hash(const Hash& leaf) {
  Hash node = leaf;
  for (std::size_t level = 0;; ++level) {
    if (level == levels_.size()) levels_.emplace_back();
    auto& nodes = levels_[level];
    nodes.push_back(node);
    if (nodes.size() % 2 != 0) return;
    node = node_hash(nodes[nodes.size() - 2], nodes.back());
  }
}

std::uint64_t MerkleTree::size() const noexcept { return levels_.empty() ? 0 : levels_[0].size(); }

Hash MerkleTree::root(std::uint64_t size) const { return size == 0 ? Sha256().digest("") : root_of({0, size}); }

/// Goes down to the half that holds the leaf `leaf`, and gives back the other one: the left half is the greatest complete tree.
MerkleTree::Part MerkleTree::Part::halve(std::uint64_t leaf) noexcept {
  const std::uint64_t split = std::bit_floor(count - 1);
  Part left{begin, split}, right{begin + split, count - split};
  if (leaf >= right.begin) std::swap(left, right);
  *this = left;
  return right;
}

Hash MerkleTree::root_of(const Part& part) const {
  Hash root{};
  bool first = true;
  for (std::uint64_t end = part.begin + part.count; end > part.begin; first = false) {
    const auto level = static_cast<std::size_t>(std::countr_zero(end - part.begin));
    end -= std::uint64_t{1} << level;
    const Hash& subtree = levels_[level][end >> level];
    root = first ? subtree : node_hash(subtree, root);
  }
  return root;
}

std::vector<Hash> MerkleTree::inclusion_proof(std::uint64_t index, std::uint64_t size) const {
  std::vector<Hash> proof;
  Part part{0, size};
  while (part.count > 1) proof.push_back(root_of(part.halve(index)));
  std::reverse(proof.begin(), proof.end());
  return proof;
}

std::vector<Hash> MerkleTree::consistency_proof(std::uint64_t old_size, std::uint64_t size) const {
  std::vector<Hash> proof;
  if (old_size == 0) return proof;
  Part part{0, size};
  while (part.begin + part.count != old_size) proof.push_back(root_of(part.halve(old_size - 1)));
  // The old tree itself is known to whoever asks.
  if (part.begin != 0) proof.push_back(root_of(part));
  std::reverse(proof.begin(), proof.end());
  return proof;
}

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const std::vector<Hash>& proof, const Hash& root) {
  if (index >= size) return false;
  Climb climb{index, size - 1};
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (climb.last == 0) return false;
    if (climb.joins_from_right()) {
      hash = node_hash(sibling, hash);
      climb.skip_levels_without_sibling();
    } else {
      hash = node_hash(hash, sibling);
    }
    climb.up();
  }
  return climb.last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root,
                        const std::vector<Hash>& proof) {
  if (old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (old_size == 0) return proof.empty() && old_root == MerkleTree().root();
  // A complete old tree is a node of the new one, which a proof leaves out.
  const bool complete = std::has_single_bit(old_size);
  if (!complete && proof.empty()) return false;
  Climb climb{old_size - 1, size - 1};
  while (climb.is_right()) climb.up();
  Hash old_hash = complete ? old_root : proof.front(), hash = old_hash;
  for (std::size_t i = complete ? 0 : 1; i < proof.size(); ++i) {
    if (climb.last == 0) return false;
    if (climb.joins_from_right()) {
      old_hash = node_hash(proof[i], old_hash);
      hash = node_hash(proof[i], hash);
      climb.skip_levels_without_sibling();
    } else {
      hash = node_hash(hash, proof[i]);
    }
    climb.up();
  }
  return climb.last == 0 && old_hash == old_root && hash == root;
}

}  // namespace greenlane::crypto
