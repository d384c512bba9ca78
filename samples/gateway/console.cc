#include <cstdio>

#include "client/hot_folder_names.h"
#include "commands.h"

namespace greenlane::gateway {

void say(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

Exit fail(const Error& error) {
  std::fflush(stdout);
  std::fprintf(stderr, "greenlane-gateway: %s\n", client::printable(error.to_text()).c_str());
  switch (error.code) {
    case ErrorCode::internal: return Exit::internal;
    case ErrorCode::not_trusted: return Exit::not_trusted;
    case ErrorCode::unreachable: return Exit::unavailable;
    case ErrorCode::invalid_argument: return Exit::usage;
    default: return error.retryable ? Exit::unavailable : Exit::bad_input;
  }
}

Exit ended(const Result<void>& outcome) { return outcome.ok() ? Exit::done : fail(outcome.error()); }

}  // namespace greenlane::gateway
