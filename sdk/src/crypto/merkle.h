// Merkle trees of append-only logs (RFC 6962, section 2.1, with SHA-256).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "crypto/digest.h"

namespace greenlane::crypto {

using Hash = Sha256::Digest;

Hash leaf_hash(std::string_view entry);
Hash node_hash(const Hash& left, const Hash& right);

/// A tree in memory, 64 bytes a leaf. One thread.
class MerkleTree {
 public:
  void append(std::string_view entry) { append_hash(leaf_hash(entry)); }
  void append_hash(const Hash& leaf);
  std::uint64_t size() const noexcept;
  /// Root of the 2^`level` leaves number `index` * 2^`level` and following. REQUIRES that there are as many.
  const Hash& node(unsigned level, std::uint64_t index) const noexcept { return levels_[level][index]; }
  /// Root of the first `size` leaves. REQUIRES: size <= size().
  Hash root(std::uint64_t size) const;
  Hash root() const { return root(size()); }
  /// Audit path of leaf `index` in the tree of the first `size` leaves. REQUIRES: index < size <= size().
  std::vector<Hash> inclusion_proof(std::uint64_t index, std::uint64_t size) const;
  /// REQUIRES: old_size <= size <= size().
  std::vector<Hash> consistency_proof(std::uint64_t old_size, std::uint64_t size) const;

 private:
  /// A subtree: one or more leaves, `begin` a multiple of the powers of two in `count`.
  struct Part {
    std::uint64_t begin;
    std::uint64_t count;
    Part halve(std::uint64_t leaf) noexcept;
  };
  Hash root_of(const Part& part) const;

  std::vector<std::vector<Hash>> levels_;  ///< complete subtrees, leaves first
};

/// RFC 9162, sections 2.1.3.2 and 2.1.4.2; false for any proof that is too long, too short or wrong. The proof that a tree grew from
/// the empty one, or did not grow, is empty.
bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size, const std::vector<Hash>& proof, const Hash& root);
bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size, const Hash& root, const std::vector<Hash>& proof);

}  // namespace greenlane::crypto
