// CEL's encoders library: standard base64 (RFC 4648, section 4).
#include "base/base64.h"
#include "cel/library.h"

namespace greenlane::cel {
namespace {

Value encode(const CallContext& context, const Value* a) {
  const std::string_view bytes = a[0].as<BytesValue>().bytes;
  spend(context, bytes.size() / 5);
  if ((bytes.size() + 2) / 3 * 4 > max_built_bytes) return text_too_long();
  return Value::string(encode_base64(bytes));
}

Value decode(const CallContext& context, const Value* a) {
  spend(context, a[0].text().size() / 10);
  auto bytes = decode_base64(a[0].text(), Base64::loose);
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
