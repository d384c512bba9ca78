#include <re2/re2.h>

#include "cel/library.h"
#include "cel/text_search.h"

namespace greenlane::cel {
namespace {

/// Patterns longer than this are refused (bytes), and those that compile to a larger program.
constexpr std::size_t max_pattern_bytes = 1024;
constexpr std::int64_t max_regex_memory = 256 << 10;

std::string_view chars(const Value& v) { return v.is<BytesValue>() ? v.as<BytesValue>().bytes : v.text(); }

Value concatenate(const CallContext& context, const Value* a) {
  std::string joined;
  const std::string_view left = chars(a[0]);
  const std::string_view right = chars(a[1]);
  if (left.size() + right.size() > max_built_bytes) return text_too_long();
  joined.reserve(left.size() + right.size());
  joined.append(left).append(right);
  spend(context, joined.size() / 10);
  return a[0].is<BytesValue>() ? Value::bytes(std::move(joined)) : Value::string(std::move(joined));
}

Value contains(const CallContext& context, const Value* a) {
  spend(context, (a[0].text().size() + a[1].text().size()) / 10);
  return Value(find_text(a[0].text(), a[1].text()) != std::string_view::npos);
}

RE2::Options regex_options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(max_regex_memory);
  return options;
}

std::string regex_problem(const RE2& regex) { return "the regular expression does not compile: " + regex.error(); }

std::shared_ptr<const void> compile_regex(const std::vector<const Value*>& constants, std::string& problem) {
  const Value* pattern = constants[1];
  if (pattern == nullptr || !pattern->is<StringValue>()) return nullptr;
  const std::string_view text = pattern->text();
  if (text.size() > max_pattern_bytes) {
    problem = "a regular expression may have " + std::to_string(max_pattern_bytes) + " bytes at most";
    return nullptr;
  }
  auto regex = std::make_shared<RE2>(re2::StringPiece(text.data(), text.size()), regex_options());
  if (!regex->ok()) problem = regex_problem(*regex);
  return regex;
}

Value matches(const CallContext& context, const Value* a) {
  const std::string_view text = a[0].text();
  spend(context, text.size() / 10);
  const re2::StringPiece piece(text.data(), text.size());
  if (context.call.prepared) return Value(RE2::PartialMatch(piece, *static_cast<const RE2*>(context.call.prepared.get())));
  const std::string_view pattern = a[1].text();
  if (pattern.size() > max_pattern_bytes) return Value::error("the regular expression is too long");
  // Compiling costs far more than matching.
  spend(context, 100 + pattern.size());
  const RE2 regex(re2::StringPiece(pattern.data(), pattern.size()), regex_options());
  if (!regex.ok()) return Value::error(regex_problem(regex));
  return Value(RE2::PartialMatch(piece, regex));
}

}  // namespace

void add_strings(FunctionTable& table) {
  Declare declare(table);
  const TypeRef s = types::simple(TypeKind::string);
  const TypeRef bytes = types::simple(TypeKind::bytes);
  const TypeRef boolean = types::simple(TypeKind::boolean);
  declare.sized(operators::add, false, {s, s}, s, concatenate);
  declare.sized(operators::add, false, {bytes, bytes}, bytes, concatenate);
  declare.sized("contains", true, {s, s}, boolean, contains);
  declare.member("startsWith", {s, s}, boolean,
                 [](const CallContext&, const Value* a) { return Value(a[0].text().starts_with(a[1].text())); });
  declare.member("endsWith", {s, s}, boolean,
                 [](const CallContext&, const Value* a) { return Value(a[0].text().ends_with(a[1].text())); });
  for (const bool member : {false, true}) {
    table.add(Overload{.function = "matches",
                       .params = {s, s},
                       .result = boolean,
                       .run = matches,
                       .member = member,
                       .prepare = compile_regex,
                       .cost = 10,
                       .cost_by_size = true});
  }
}

}  // namespace greenlane::cel
