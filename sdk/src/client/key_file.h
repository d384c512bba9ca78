// Files with private keys: for their owner alone, at every moment.
#pragma once

#include <string>
#include <string_view>

#include "crypto/secret.h"
#include "greenlane/result.h"

namespace greenlane::client {

/// The bytes of a file of the caller's own with mode 0600 or narrower. A symbolic link is not followed. Errors: not_found; io;
/// limit_exceeded, over 32 KiB; invalid_key, where others may read or change the file or own it.
Result<crypto::Secret> read_key_file(const std::string& path);

/// The bytes of a file that somebody brings, whoever may read it. Errors: not_found; io; limit_exceeded, over 32 KiB.
Result<crypto::Secret> read_secret(const std::string& path);

/// Makes the file with mode 0600, durably: after a loss of power it is whole or not there. Errors: invalid_argument, where there is
/// anything at `path`; io.
Result<void> write_key_file(const std::string& path, std::string_view bytes);

}  // namespace greenlane::client
