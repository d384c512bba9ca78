// Result and Error: how every greenlane function says that it could not do its work.
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "greenlane/export.h"

namespace greenlane {

/// What kind of trouble an Error is. The names are spelled as in `greenlane.error/1`; the numbers
/// are part of the binary interface and never change.
enum class ErrorCode : int {
  invalid_argument = 1,   ///< the caller asked for something that makes no sense
  not_found = 2,          ///< a file, criterion, list or field does not exist
  invalid_encoding = 3,   ///< bytes are not in the encoding they should be in
  invalid_json = 4,       ///< text is not JSON, or not JSON that is safe to read
  invalid_document = 5,   ///< JSON does not follow the document's schema
  invalid_row = 6,        ///< a row of a CSV or TSV file cannot be read or mapped
  invalid_mapping = 7,    ///< a mapping file is wrong
  invalid_expression = 8, ///< an expression does not parse or does not type-check
  invalid_pack = 9,       ///< a criteria pack is inconsistent
  failed_test = 10,       ///< a criterion's own test did not give the expected outcome
  limit_exceeded = 11,    ///< size, depth, count or evaluation cost over its bound
  io = 12,                ///< the operating system could not read or write
  internal = 13,          ///< a defect of greenlane itself
  invalid_message = 14,   ///< an XML or EDIFACT message cannot be read or mapped
  invalid_key = 15,       ///< a key cannot be read, is of the wrong kind, or may not be used for this
  not_trusted = 16,       ///< a signature, version, digest or date that must hold does not
  unreachable = 17,       ///< nothing answered, or not as agreed; retryable where trying again may help
};

/// The spelling of `code` in documents, for example "invalid_row".
GREENLANE_EXPORT std::string_view to_string(ErrorCode code) noexcept;

/// Where and why something failed. `message` is one English sentence without a final stop that says
/// what is wrong and what was expected; the other members say where, and are empty or 0 where they
/// do not apply.
struct GREENLANE_EXPORT Error {
  ErrorCode code = ErrorCode::internal;
  std::string message = {};
  std::string source = {};      ///< file, or criterion "ID@VERSION"
  std::string pointer = {};     ///< JSON Pointer (RFC 6901) into `source`
  std::size_t line = 0;    ///< 1-based
  std::size_t column = 0;  ///< 1-based, in code points
  bool retryable = false;  ///< true where the same call may succeed later

  /// "source:line:column: pointer: message", leaving out what is not known.
  std::string to_text() const;
};

/// What Result::value() throws, the only exception of the public API.
class GREENLANE_EXPORT BadResult : public std::runtime_error {
 public:
  explicit BadResult(Error error) : std::runtime_error(error.to_text()), error_(std::move(error)) {}
  const Error& error() const noexcept { return error_; }

 private:
  Error error_;
};

/// A value or the Error that prevented it. Not synchronised: one Result belongs to one thread.
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit

  bool ok() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return ok(); }

  /// The value. REQUIRES: ok().
  T& operator*() & noexcept { return *std::get_if<0>(&state_); }
  const T& operator*() const& noexcept { return *std::get_if<0>(&state_); }
  T&& operator*() && noexcept { return std::move(*std::get_if<0>(&state_)); }
  T* operator->() noexcept { return std::get_if<0>(&state_); }
  const T* operator->() const noexcept { return std::get_if<0>(&state_); }

  /// The error. REQUIRES: !ok().
  Error& error() & noexcept { return *std::get_if<1>(&state_); }
  const Error& error() const& noexcept { return *std::get_if<1>(&state_); }
  Error&& error() && noexcept { return std::move(*std::get_if<1>(&state_)); }

  /// The value; throws BadResult where there is none.
  T& value() & {
    if (!ok()) throw BadResult(error());
    return **this;
  }
  T value() && {
    if (!ok()) throw BadResult(std::move(error()));
    return std::move(**this);
  }

 private:
  std::variant<T, Error> state_;
};

/// A Result of functions that return nothing but success.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT: implicit

  bool ok() const noexcept { return !error_.has_value(); }
  explicit operator bool() const noexcept { return ok(); }
  Error& error() & noexcept { return *error_; }
  const Error& error() const& noexcept { return *error_; }
  Error&& error() && noexcept { return std::move(*error_); }
  void value() const {
    if (error_) throw BadResult(*error_);
  }

 private:
  std::optional<Error> error_;
};

}  // namespace greenlane
