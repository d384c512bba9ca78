// The log of what an authority has published, kept by each client as a whole: who holds all entries needs no proofs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/merkle.h"
#include "crypto/public_key.h"
#include "greenlane/result.h"
#include "trust/checkpoint.h"
#include "trust/source.h"

namespace greenlane::trust {

/// One publication: a line of canonical JSON.
struct Publication {
  std::string path;    ///< of the target
  std::string digest;  ///< "sha256:" and 64 hexadecimal digits
  std::uint64_t length = 0;
  std::string published_at;  ///< UTC

  std::string to_entry() const;
  static Result<Publication> read(std::string_view entry);
};

/// What a client has of the log. One thread.
class PublicationLog {
 public:
  /// From what was kept: lines of entries, and the note of the last checkpoint; both "" at first. Errors: not_trusted, where they
  /// do not fit each other; invalid_document.
  static Result<PublicationLog> open(std::string_view entries, std::string_view note, std::string_view origin,
                                     const std::vector<crypto::PublicKey>& keys);

  /// Fetches the checkpoint and the entries that are new ("log/checkpoint", "log/tile/entries/…", C2SP tlog-tiles). Errors: not_trusted,
  /// where the log has another history than the one seen before; unreachable; limit_exceeded. An error changes nothing.
  Result<void> update(Source& source);

  const Checkpoint& checkpoint() const noexcept;
  const std::string& note() const noexcept;     ///< to keep and to show to others
  std::string entries() const;                  ///< to keep
  /// Index of the publication of a file, or none.
  std::optional<std::uint64_t> find(std::string_view path, std::string_view digest) const;
  std::vector<crypto::Hash> inclusion_proof(std::uint64_t index) const;

  /// Another client's checkpoint of the same log against the entries here. Errors: not_trusted, where the two saw different
  /// histories; unreachable, where the other has seen more than this one, so that update() must come first.
  Result<void> compare(std::string_view note) const;
};

}  // namespace greenlane::trust
