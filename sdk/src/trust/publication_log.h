// The log of what an authority has published, kept by each client as a whole: who holds all entries needs no proofs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crypto/merkle.h"
#include "crypto/public_key.h"
#include "greenlane/result.h"
#include "trust/checkpoint.h"
#include "trust/source.h"

namespace greenlane::trust {

inline constexpr std::uint64_t max_log_entries = 100'000;
inline constexpr std::size_t max_log_bytes = std::size_t{64} << 20;  ///< of all entries together

/// One publication: a line of canonical JSON (RFC 8785), {"digest":…,"length":…,"path":…,"published_at":…}, of at most 4,096 bytes.
struct Publication {
  std::string path;    ///< of the target
  std::string digest;  ///< "sha256:" and 64 hexadecimal digits
  std::uint64_t length = 0;  ///< at most 2^53 - 1
  std::string published_at;  ///< UTC

  std::string to_entry() const;
  /// Errors: invalid_json, invalid_document, limit_exceeded; also for JSON that is not spelled as to_entry() spells it.
  static Result<Publication> read(std::string_view entry);
};

/// What a client has of the log. One thread.
class PublicationLog {
 public:
  /// From what was kept: lines of entries, and the note of the last checkpoint; both "" at first. `keys` may sign checkpoints now;
  /// `earlier` are those that may no longer, but whose checkpoints of then hold: what was kept, and what others show in compare(), may
  /// be signed by either. Errors: not_trusted, where what was kept does not fit together; invalid_document, limit_exceeded.
  static Result<PublicationLog> open(std::string_view entries, std::string_view note, std::string_view origin,
                                     std::vector<crypto::PublicKey> keys, std::vector<crypto::PublicKey> earlier = {});

  /// Fetches the checkpoint and the entries that are new ("log/checkpoint", "log/tile/entries/…", C2SP tlog-tiles). Errors: not_trusted,
  /// where the log has another history than the one seen before; unreachable; limit_exceeded; invalid_document. An error changes
  /// nothing but refused_note().
  Result<void> update(Source& source);

  const Checkpoint& checkpoint() const noexcept { return checkpoint_; }
  const std::string& note() const noexcept { return note_; }  ///< to keep and to show to others; "" at first
  std::string entries() const;                                ///< to keep: each ends with a line break
  /// The note that the last update() refused although the authority has signed it, else "". Who keeps it together with note() and
  /// entries() can prove which histories the authority has shown.
  const std::string& refused_note() const noexcept { return refused_note_; }

  /// Index of the first publication of a file, or none.
  std::optional<std::uint64_t> find(std::string_view path, std::string_view digest) const;
  /// Of the entry at `index` in the tree of checkpoint(). REQUIRES: index < checkpoint().size.
  std::vector<crypto::Hash> inclusion_proof(std::uint64_t index) const;

  /// Another client's checkpoint of the same log against the entries here. Errors: not_trusted, where the two saw different
  /// histories; unreachable, where the other has seen more than this one, so that update() must come first; invalid_document.
  Result<void> compare(std::string_view note) const;

 private:
  PublicationLog() = default;
  Result<void> fetch_entries(Source& source, std::uint64_t size);
  Result<void> take(std::vector<std::string> entries, std::uint64_t first);
  Result<void> index_from(std::uint64_t first);
  Error divergence(Source& source, const Checkpoint& target) const;
  Error other_history(const Checkpoint& other, std::string_view what) const;

  Checkpoint checkpoint_;
  std::string note_;
  std::string refused_note_;
  std::vector<crypto::PublicKey> keys_;
  std::vector<crypto::PublicKey> all_keys_;
  std::vector<std::string> entries_;
  std::size_t bytes_ = 0;  ///< of entries_
  crypto::MerkleTree tree_;
  std::unordered_map<std::string, std::uint64_t> index_;  ///< by path and digest
};

}  // namespace greenlane::trust
