// What results say, for expectations.
#pragma once

#include <optional>
#include <string>

#include "greenlane/result.h"

namespace greenlane::test {

/// The code of the error, or none where there is a value.
template <typename T>
std::optional<ErrorCode> code_of(const Result<T>& result) {
  if (result.ok()) return std::nullopt;
  return result.error().code;
}

/// The message of the error, or "" where there is a value.
template <typename T>
std::string message_of(const Result<T>& result) {
  return result.ok() ? std::string() : result.error().message;
}

}  // namespace greenlane::test
