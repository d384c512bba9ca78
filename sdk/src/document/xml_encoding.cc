#include "document/xml_encoding.h"

#include <strings.h>

#include <algorithm>
#include <array>

namespace greenlane::document {

std::string declared_encoding(std::string_view head) {
  if (!head.starts_with("<?xml")) return {};
  const std::string_view declaration = head.substr(0, std::min(head.find("?>"), xml_declaration_bytes));
  const std::size_t key = declaration.find("encoding");
  if (key == std::string_view::npos) return {};
  const std::size_t open = declaration.find_first_of("\"'", key);
  if (open == std::string_view::npos) return {};
  const std::size_t close = declaration.find(declaration[open], open + 1);
  if (close == std::string_view::npos) return {};
  return std::string(declaration.substr(open + 1, close - open - 1));
}

bool expat_reads(std::string_view encoding) noexcept {
  constexpr std::array<std::string_view, 4> known = {"utf-8", "utf-16", "iso-8859-1", "us-ascii"};
  return std::any_of(known.begin(), known.end(), [&](std::string_view name) {
    return name.size() == encoding.size() && strncasecmp(name.data(), encoding.data(), name.size()) == 0;
  });
}

}  // namespace greenlane::document
