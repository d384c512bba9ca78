// What a holder checks before signing: that the released state is what holders before have signed.
#pragma once

#include <string>

#include "repository.h"

namespace greenlane::gateway {

/// Every root from the one in the file `pinned` ("": the first one in the repository) to the released one is signed by its own holders
/// and by those before, and the released targets by theirs; whatever their dates. Errors: not_trusted; not_found, io.
Result<void> check_released(const Repository& repository, const Released& released, const std::string& pinned);

}  // namespace greenlane::gateway
