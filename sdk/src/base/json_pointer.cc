#include <charconv>

#include "base/json.h"

namespace greenlane::json {
namespace {

/// Undoes "~0" and "~1"; false where a '~' stands alone.
bool unescape(std::string_view token, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < token.size(); ++i) {
    if (token[i] != '~') {
      out += token[i];
      continue;
    }
    ++i;
    if (i == token.size() || (token[i] != '0' && token[i] != '1')) return false;
    out += token[i] == '0' ? '~' : '/';
  }
  return true;
}

const Value* element(const Array& array, std::string_view token) noexcept {
  if (token.empty() || (token.size() > 1 && token.front() == '0')) return nullptr;
  std::size_t index = 0;
  const char* const end = token.data() + token.size();
  const auto [stop, problem] = std::from_chars(token.data(), end, index);
  if (problem != std::errc() || stop != end || index >= array.size()) return nullptr;
  return &array[index];
}

}  // namespace

std::string pointer_child(std::string_view parent, std::string_view token) {
  std::string out;
  out.reserve(parent.size() + token.size() + 1);
  out.append(parent);
  out += '/';
  for (const char c : token) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  return out;
}

std::string pointer_child(std::string_view parent, std::size_t index) {
  std::string out(parent);
  out += '/';
  out += std::to_string(index);
  return out;
}

const Value* at_pointer(const Value& root, std::string_view pointer) noexcept {
  const Value* value = &root;
  std::string key;
  while (value != nullptr && !pointer.empty()) {
    if (pointer.front() != '/') return nullptr;
    pointer.remove_prefix(1);
    const std::string_view token = pointer.substr(0, pointer.find('/'));
    pointer.remove_prefix(token.size());
    if (value->is_array()) {
      value = element(value->array(), token);
    } else if (!unescape(token, key)) {
      return nullptr;
    } else {
      value = value->find(key);
    }
  }
  return value;
}

}  // namespace greenlane::json
