// Keys as people name them on the command line.
#pragma once

#include <string>
#include <vector>

#include "greenlane/result.h"
#include "repository.h"
#include "trust/key_ring.h"

namespace greenlane::gateway {

/// A key that the root or the list of message keys has. A key may be both.
struct ChosenKey {
  std::string tuf_id;               ///< "": of no role
  std::vector<std::string> roles;   ///< that list it
  std::string message_id;           ///< "": not among the keys of messages
};

/// The key that `text` names: a file of it, its name, or at least 8 of the first digits of one of its ids. Errors: not_found;
/// invalid_argument, where several are meant.
Result<ChosenKey> choose_key(const Repository& repository, const Metadata& root, const trust::KeyRing& message_keys,
                             const std::string& text);

}  // namespace greenlane::gateway
