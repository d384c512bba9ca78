// Commodity codes (hs) and sets of codes in expressions.
#include "cel/library.h"
#include "criteria/language.h"

namespace greenlane::criteria {
namespace {

using cel::CallContext;
using cel::OpaqueValue;
using cel::TypeKind;
using cel::Value;
namespace types = cel::types;

const cel::TypeRef& code_list_type() {
  static const auto& type = *new cel::TypeRef(types::opaque("list of codes"));
  return type;
}
const cel::TypeRef& hs_list_type() {
  static const auto& type = *new cel::TypeRef(types::opaque("list of hs"));
  return type;
}

std::string_view code_of(const Value& v) { return v.is<OpaqueValue>() ? v.as<OpaqueValue>().text : v.text(); }
const CodeSet& set_of(const Value& v) { return *static_cast<const CodeSet*>(v.as<OpaqueValue>().data); }

Value noted(const CallContext& context, const CodeSet& set, bool found) {
  const auto* host = static_cast<const EvaluationHost*>(context.host);
  if (found && host != nullptr && host->matched != nullptr) host->matched->push_back(&set.name());
  return Value(found);
}

Value in_set(const CallContext& context, const Value* a) {
  const CodeSet& set = set_of(a[1]);
  return noted(context, set, set.contains(code_of(a[0])));
}

Value under_set(const CallContext& context, const Value* a) {
  const CodeSet& set = set_of(a[1]);
  return noted(context, set, set.covers(code_of(a[0])));
}

Value under_code(const CallContext&, const Value* a) { return Value(code_of(a[0]).starts_with(code_of(a[1]))); }

Value under_any(const CallContext& context, const Value* a) {
  const auto& list = a[1].as<cel::ListValue>();
  cel::spend(context, list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Value prefix = list.at(i);
    if (!prefix.is<OpaqueValue>() && !prefix.is<cel::StringValue>()) return Value::error("under() takes codes such as \"0307\"");
    if (code_of(a[0]).starts_with(code_of(prefix))) return Value(true);
  }
  return Value(false);
}

template <std::size_t length>
Value leading(const CallContext&, const Value* a) {
  const auto& code = a[0].as<OpaqueValue>();
  if (code.text.size() < length) {
    return Value::error("the code " + std::string(code.text) + " has fewer than " + std::to_string(length) + " digits");
  }
  return Value(cel::StringValue{code.text.substr(0, length), code.owner});
}

Value checked_code(std::string_view text, std::shared_ptr<const void> owner) {
  if (!is_commodity_code(text)) return Value::error("\"" + std::string(text) + "\" is not a commodity code; expected 2 to 12 digits");
  return Value(OpaqueValue{.type = hs_type().get(), .text = text, .data = nullptr, .owner = std::move(owner)});
}

Value of_string(const CallContext&, const Value* a) {
  const auto& text = a[0].as<cel::StringValue>();
  return checked_code(text.text, text.owner);
}
Value literal(const cel::Expr& e) {
  const auto& text = e.constant.as<cel::StringValue>();
  return checked_code(text.text, text.owner);
}

}  // namespace

const cel::TypeRef& hs_type() {
  static const auto& type = *new cel::TypeRef(types::opaque("hs"));
  return type;
}

Value hs_value(std::string_view code) {
  return Value(OpaqueValue{.type = hs_type().get(), .text = code, .data = nullptr, .owner = nullptr});
}

const CodeSet* code_set_of(const cel::Value& value) noexcept {
  const auto* opaque = value.get_if<OpaqueValue>();
  const bool is_set = opaque != nullptr && (opaque->type == code_list_type().get() || opaque->type == hs_list_type().get());
  return is_set ? static_cast<const CodeSet*>(opaque->data) : nullptr;
}

cel::Variable list_variable(const CodeSet& set) {
  const cel::TypeRef& type = set.type() == ColumnType::hs ? hs_list_type() : code_list_type();
  return {"lists." + set.name(), type, Value(OpaqueValue{.type = type.get(), .text = set.name(), .data = &set, .owner = nullptr})};
}

void add_commodity_codes(cel::FunctionTable& functions) {
  cel::Declare declare(functions);
  const cel::TypeRef s = types::simple(TypeKind::string);
  const cel::TypeRef& hs = hs_type();
  declare.question(cel::operators::in, false, {s, code_list_type()}, in_set);
  declare.question(cel::operators::in, false, {hs, hs_list_type()}, in_set);
  declare.question("under", true, {hs, hs}, under_code);
  declare.question("under", true, {hs, hs_list_type()}, under_set);
  declare.question("under", true, {hs, types::list(hs)}, under_any, true);
  declare.question("under", true, {hs, types::list(s)}, under_any, true);
  declare.member("chapter", {hs}, s, leading<2>);
  declare.member("heading", {hs}, s, leading<4>);
  declare.member("subheading", {hs}, s, leading<6>);
  functions.add(cel::Overload{.function = "hs", .params = {s}, .result = hs, .run = of_string, .literal = true});
  declare.function("string", {hs}, s, [](const CallContext&, const Value* a) {
    const auto& code = a[0].as<OpaqueValue>();
    return Value(cel::StringValue{code.text, code.owner});
  });
  functions.add(cel::LiteralRule{hs, TypeKind::string, literal});
}

}  // namespace greenlane::criteria
