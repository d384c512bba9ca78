// The encoding that an XML text declares of itself.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace greenlane::document {

/// An XML declaration is sought within so many bytes.
inline constexpr std::size_t xml_declaration_bytes = 1024;

/// The name in `<?xml … encoding="name"?>` at the start of `head`; "" where none is declared, or a byte order mark or
/// bytes of UTF-16 tell it.
std::string declared_encoding(std::string_view head);
/// Whether expat reads it by itself: UTF-8, UTF-16, ISO-8859-1 and US-ASCII.
bool expat_reads(std::string_view encoding) noexcept;

}  // namespace greenlane::document
