// CEL's encoders library: standard base64 (RFC 4648, section 4).
#include <optional>

#include "cel/library.h"

namespace greenlane::cel {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Value encode(const CallContext& context, const Value* a) {
  const std::string_view bytes = a[0].as<BytesValue>().bytes;
  spend(context, bytes.size() / 5);
  if ((bytes.size() + 2) / 3 * 4 > max_built_bytes) return text_too_long();
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      group = group << 8 | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0u);
    }
    for (std::size_t i = 0; i < 4; ++i) text += at + i > bytes.size() ? '=' : alphabet[group >> (18 - 6 * i) & 63];
  }
  return Value::string(std::move(text));
}

/// The bytes of base64 with its padding or without; nullopt for anything else.
std::optional<std::string> decoded(std::string_view text) {
  const bool padded = text.size() % 4 == 0;
  for (int i = 0; i < 2 && padded && text.ends_with('='); ++i) text.remove_suffix(1);
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  std::uint32_t buffer = 0;
  unsigned bits = 0;
  for (const char c : text) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 6 | static_cast<std::uint32_t>(value)) & 0xFFFu;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(buffer >> bits & 0xFFu);
  }
  return bytes;
}

Value decode(const CallContext& context, const Value* a) {
  spend(context, a[0].text().size() / 10);
  auto bytes = decoded(a[0].text());
  if (!bytes) return Value::error("the text is not base64, which has the signs A to Z, a to z, 0 to 9, + and /, and = at its end");
  return Value::bytes(*std::move(bytes));
}

}  // namespace

void add_encoders(FunctionTable& table) {
  Declare declare(table);
  const TypeRef s = types::simple(TypeKind::string);
  const TypeRef bytes = types::simple(TypeKind::bytes);
  declare.worked("base64.encode", false, {bytes}, s, encode,
                 [](std::span<const std::uint64_t> sizes) { return Work{sizes[0] / 5, (sizes[0] + 2) / 3 * 4}; });
  declare.worked("base64.decode", false, {s}, bytes, decode,
                 [](std::span<const std::uint64_t> sizes) { return Work{sizes[0] / 10, sizes[0]}; });
}

}  // namespace greenlane::cel
