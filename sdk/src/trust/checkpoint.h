// Checkpoints of logs: C2SP tlog-checkpoint in a C2SP signed note.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/merkle.h"
#include "crypto/public_key.h"
#include "greenlane/result.h"
#include "greenlane/signer.h"

namespace greenlane::trust {

struct Checkpoint {
  std::string origin;  ///< name of the log, such as "customs.example/criteria"
  std::uint64_t size = 0;
  crypto::Hash root{};

  friend bool operator==(const Checkpoint&, const Checkpoint&) noexcept = default;
};

/// The note with a signature line of each signer. Errors: those of the signers.
Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const std::vector<Signer*>& signers);

/// The checkpoint of a note that at least one of `keys` has signed; signatures of others are passed over, as the note's
/// specification demands. Errors: not_trusted; invalid_document, where it is no such note.
Result<Checkpoint> verify_checkpoint(std::string_view note, std::string_view origin, const std::vector<crypto::PublicKey>& keys);

}  // namespace greenlane::trust
