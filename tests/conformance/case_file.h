// Files of test cases.
#pragma once

#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "base/json.h"

namespace greenlane::conformance {

inline std::optional<std::string> read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

inline std::optional<json::Value> read_json(const std::string& path) {
  const auto text = read_text(path);
  if (!text) return std::nullopt;
  auto value = json::parse(*text);
  if (!value.ok()) return std::nullopt;
  return *std::move(value);
}

}  // namespace greenlane::conformance
