#include "crypto/merkle.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.h"

namespace greenlane::crypto {
namespace {

std::string hex(const Hash& hash) { return to_hex(bytes_of(hash)); }

std::vector<std::string> hex(const std::vector<Hash>& hashes) {
  std::vector<std::string> out;
  for (const Hash& hash : hashes) out.push_back(hex(hash));
  return out;
}

using Entries = std::vector<std::string>;

/// The tree, the paths and the proofs of RFC 6962, section 2.1, as its definitions say them.
namespace naive {

std::size_t split(std::size_t n) {
  std::size_t k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

Entries part(const Entries& d, std::size_t from, std::size_t to) {
  return {d.begin() + static_cast<std::ptrdiff_t>(from), d.begin() + static_cast<std::ptrdiff_t>(to)};
}

Hash root(const Entries& d) {
  Sha256 sha;
  if (d.empty()) return sha.digest("");
  if (d.size() == 1) return sha.digest(std::string(1, '\0') + d[0]);
  const std::size_t k = split(d.size());
  const Hash left = root(part(d, 0, k)), right = root(part(d, k, d.size()));
  return sha.digest("\1" + std::string(bytes_of(left)) + std::string(bytes_of(right)));
}

std::vector<Hash> path(std::size_t m, const Entries& d) {
  if (d.size() == 1) return {};
  const std::size_t k = split(d.size());
  std::vector<Hash> out = m < k ? path(m, part(d, 0, k)) : path(m - k, part(d, k, d.size()));
  out.push_back(m < k ? root(part(d, k, d.size())) : root(part(d, 0, k)));
  return out;
}

std::vector<Hash> subproof(std::size_t m, const Entries& d, bool whole) {
  if (m == d.size()) return whole ? std::vector<Hash>() : std::vector<Hash>{root(d)};
  const std::size_t k = split(d.size());
  std::vector<Hash> out = m <= k ? subproof(m, part(d, 0, k), whole) : subproof(m - k, part(d, k, d.size()), false);
  out.push_back(m <= k ? root(part(d, k, d.size())) : root(part(d, 0, k)));
  return out;
}

}  // namespace naive

Entries entries(std::size_t count) {
  Entries all;
  for (std::size_t i = 0; i < count; ++i) all.push_back("entry " + std::to_string(i));
  return all;
}

MerkleTree tree_of(const Entries& all) {
  MerkleTree tree;
  for (const std::string& entry : all) tree.append(entry);
  return tree;
}

// The tree that the tests of Certificate Transparency's implementations share
// (google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc).
Entries reference_entries() {
  Entries all;
  for (const char* digits : {"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"}) {
    all.push_back(from_hex(digits).value());
  }
  return all;
}

TEST(MerkleTree, HasTheRootsOfTheReferenceTree) {
  const std::vector<std::string> roots = {
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  const MerkleTree tree = tree_of(reference_entries());
  EXPECT_EQ(hex(MerkleTree().root()), roots[0]);
  for (std::size_t size = 0; size < roots.size(); ++size) EXPECT_EQ(hex(tree.root(size)), roots[size]) << size;
}

TEST(MerkleTree, HasTheProofsOfTheReferenceTree) {
  const std::string a = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                    b = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                    cd = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                    ef_gh = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
                    e = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                    gh = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                    ab_cd = "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                    ab = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                    ef = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";
  using Proof = std::vector<std::string>;
  const MerkleTree tree = tree_of(reference_entries());
  EXPECT_EQ(hex(tree.inclusion_proof(0, 1)), Proof());
  EXPECT_EQ(hex(tree.inclusion_proof(0, 8)), (Proof{b, cd, ef_gh}));
  EXPECT_EQ(hex(tree.inclusion_proof(5, 8)), (Proof{e, gh, ab_cd}));
  EXPECT_EQ(hex(tree.inclusion_proof(2, 3)), Proof{ab});
  EXPECT_EQ(hex(tree.inclusion_proof(1, 5)), (Proof{a, cd, e}));
  EXPECT_EQ(hex(tree.consistency_proof(1, 1)), Proof());
  EXPECT_EQ(hex(tree.consistency_proof(1, 8)), (Proof{b, cd, ef_gh}));
  EXPECT_EQ(hex(tree.consistency_proof(6, 8)), (Proof{ef, gh, ab_cd}));
  EXPECT_EQ(hex(tree.consistency_proof(2, 5)), (Proof{cd, e}));
}

TEST(MerkleTree, AgreesWithTheDefinitionsOnAllSizesUpTo130) {
  const Entries all = entries(130);
  const MerkleTree tree = tree_of(all);
  for (std::size_t size = 0; size <= all.size(); ++size) {
    const Entries first = naive::part(all, 0, size);
    const Hash root = naive::root(first);
    ASSERT_EQ(tree.root(size), root) << size;
    for (std::size_t i = 0; i < size; ++i) {
      const auto proof = tree.inclusion_proof(i, size);
      ASSERT_EQ(proof, naive::path(i, first)) << i << " of " << size;
      ASSERT_TRUE(verify_inclusion(leaf_hash(all[i]), i, size, proof, root)) << i << " of " << size;
    }
    for (std::size_t old = 0; old <= size; ++old) {
      const auto proof = tree.consistency_proof(old, size);
      ASSERT_EQ(proof, old == 0 ? std::vector<Hash>() : naive::subproof(old, first, true)) << old << " to " << size;
      ASSERT_TRUE(verify_consistency(old, tree.root(old), size, root, proof)) << old << " to " << size;
    }
  }
}

/// Every proof that differs from `proof` in one way.
std::vector<std::vector<Hash>> altered(const std::vector<Hash>& proof) {
  std::vector<std::vector<Hash>> all;
  const auto add = [&](const auto& change) {
    std::vector<Hash> other = proof;
    change(other);
    if (other != proof) all.push_back(std::move(other));
  };
  for (std::size_t i = 0; i <= proof.size(); ++i) {
    const auto at = static_cast<std::ptrdiff_t>(i);
    add([&](auto& other) { other.insert(other.begin() + at, Hash{}); });
    if (i == proof.size()) break;
    add([&](auto& other) { other[i][0] ^= 0x80u; });
    add([&](auto& other) { other[i][31] ^= 0x01u; });
    add([&](auto& other) { other.erase(other.begin() + at); });
    add([&](auto& other) { other.insert(other.begin() + at, other[i]); });
    for (std::size_t j = 0; j < i; ++j) add([&](auto& other) { std::swap(other[i], other[j]); });
  }
  add([](auto& other) { other.clear(); });
  return all;
}

TEST(MerkleProof, OfInclusionIsRefusedWhereAnythingIsAltered) {
  const Entries all = entries(20);
  const MerkleTree tree = tree_of(all);
  for (std::uint64_t size = 1; size <= all.size(); ++size) {
    const Hash root = tree.root(size);
    for (std::uint64_t index = 0; index < size; ++index) {
      const Hash leaf = leaf_hash(all[index]);
      const auto proof = tree.inclusion_proof(index, size);
      for (const auto& other : altered(proof)) ASSERT_FALSE(verify_inclusion(leaf, index, size, other, root)) << index << " of " << size;
      for (std::uint64_t at = 0; at <= all.size() + 1; ++at) {
        ASSERT_EQ(verify_inclusion(leaf, at, size, proof, root), at == index) << at << " of " << size;
      }
      ASSERT_FALSE(verify_inclusion(leaf, index, 0, proof, root));
      ASSERT_FALSE(verify_inclusion(leaf_hash("another"), index, size, proof, root));
      ASSERT_FALSE(verify_inclusion(leaf, index, size, proof, tree.root(size - 1)));
    }
  }
}

TEST(MerkleProof, OfConsistencyIsRefusedWhereAnythingIsAltered) {
  const Entries all = entries(20);
  const MerkleTree tree = tree_of(all);
  for (std::uint64_t size = 1; size <= all.size(); ++size) {
    for (std::uint64_t old = 0; old <= size; ++old) {
      const Hash old_root = tree.root(old), root = tree.root(size);
      const auto proof = tree.consistency_proof(old, size);
      for (const auto& other : altered(proof)) ASSERT_FALSE(verify_consistency(old, old_root, size, root, other)) << old << " to " << size;
      for (std::uint64_t at = 0; at <= all.size() + 1; ++at) {
        ASSERT_EQ(verify_consistency(at, old_root, size, root, proof), at == old) << at << " for " << old << " to " << size;
      }
      Hash other_root = root, other_old = old_root;
      other_root[5] ^= 1u;
      other_old[5] ^= 1u;
      ASSERT_FALSE(verify_consistency(old, other_old, size, root, proof));
      // Any tree grew from the empty one.
      ASSERT_EQ(verify_consistency(old, old_root, size, other_root, proof), old == 0);
    }
  }
}

TEST(MerkleProof, OfATreeWithAnotherPastIsRefused) {
  Entries all = entries(40);
  const MerkleTree tree = tree_of(all);
  all[3] = "rewritten";
  const MerkleTree other = tree_of(all);
  for (std::uint64_t old = 4; old < 40; ++old) {
    EXPECT_FALSE(verify_consistency(old, tree.root(old), 40, other.root(), other.consistency_proof(old, 40))) << old;
    EXPECT_FALSE(verify_consistency(old, tree.root(old), 40, other.root(), tree.consistency_proof(old, 40))) << old;
  }
}

TEST(MerkleTree, DoesNotTakeANodeForALeaf) {
  const Hash left = leaf_hash("a"), right = leaf_hash("b");
  EXPECT_NE(node_hash(left, right), leaf_hash(std::string(bytes_of(left)) + std::string(bytes_of(right))));
  EXPECT_NE(leaf_hash("abc"), Sha256().digest("abc"));
}

}  // namespace
}  // namespace greenlane::crypto
