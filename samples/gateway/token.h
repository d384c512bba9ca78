// Keys in hardware.
#pragma once

#include <memory>

#include "commands.h"
#include "greenlane/signer.h"

namespace greenlane::gateway {

/// Logs in with the PIN of the file or of the terminal. Errors: those of pkcs11_signer(); invalid_argument, where a label is missing or
/// there is nobody to ask.
Result<std::unique_ptr<Signer>> token_signer(const TokenArguments& arguments);

}  // namespace greenlane::gateway
