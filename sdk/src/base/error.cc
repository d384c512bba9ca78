#include "greenlane/result.h"

namespace greenlane {

std::string_view to_string(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::invalid_argument:
      return "invalid_argument";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::invalid_encoding:
      return "invalid_encoding";
    case ErrorCode::invalid_json:
      return "invalid_json";
    case ErrorCode::invalid_document:
      return "invalid_document";
    case ErrorCode::invalid_row:
      return "invalid_row";
    case ErrorCode::invalid_mapping:
      return "invalid_mapping";
    case ErrorCode::invalid_expression:
      return "invalid_expression";
    case ErrorCode::invalid_pack:
      return "invalid_pack";
    case ErrorCode::invalid_message:
      return "invalid_message";
    case ErrorCode::failed_test:
      return "failed_test";
    case ErrorCode::limit_exceeded:
      return "limit_exceeded";
    case ErrorCode::io:
      return "io";
    case ErrorCode::invalid_key:
      return "invalid_key";
    case ErrorCode::not_trusted:
      return "not_trusted";
    case ErrorCode::unreachable:
      return "unreachable";
    case ErrorCode::internal:
      return "internal";
  }
  return "internal";
}

std::string Error::to_text() const {
  std::string place = source;
  if (line != 0) {
    if (!place.empty()) place += ':';
    place += std::to_string(line);
    if (column != 0) place += ':' + std::to_string(column);
  }
  std::string text;
  if (!place.empty()) text += place + ": ";
  if (!pointer.empty()) text += pointer + ": ";
  return text + message;
}

}  // namespace greenlane
