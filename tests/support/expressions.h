// Expressions in tests: variables of any value, outcomes and mistakes as short texts.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cel/expression.h"
#include "cel/function.h"
#include "cel/parser.h"

namespace greenlane::test {

/// The standard library with decimals and dates; made once.
inline const std::shared_ptr<const cel::FunctionTable>& exact_functions() {
  static const auto& table = *new std::shared_ptr<const cel::FunctionTable>([] {
    auto made = std::make_shared<cel::FunctionTable>();
    cel::add_standard_library(*made);
    cel::add_decimal_library(*made);
    cel::add_date_library(*made);
    cel::add_extension_libraries(*made);
    return made;
  }());
  return table;
}

/// A struct of the host for tests: an undetermined field was not declared, a null one is known to be none.
class Record final : public cel::ObjectModel {
 public:
  struct Field {
    std::string name;
    cel::TypeRef type;
    cel::Value value;
    std::size_t max_size = 0;
  };

  Record(std::string name, std::vector<Field> fields) {
    type_.name = std::move(name);
    for (Field& field : fields) {
      type_.fields.push_back({field.name, field.type, field.max_size});
      values_.push_back(std::move(field.value));
    }
  }
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;
  virtual ~Record() = default;

  const cel::StructType& type() const override { return type_; }
  cel::Value field(const void*, std::uint32_t slot) const override { return values_[slot]; }
  bool has(const void*, std::uint32_t slot) const override {
    return !values_[slot].is<cel::Undetermined>() && !values_[slot].is<cel::Null>();
  }
  cel::TypeRef cel_type() const { return cel::types::object(type_); }
  cel::Value value() const { return cel::Value(cel::ObjectValue{this, this}); }

 private:
  cel::StructType type_;
  std::vector<cel::Value> values_;
};

/// The variables of an expression with their values.
struct Scope {
  cel::Environment env;
  std::vector<cel::Value> values;

  Scope() {
    env.functions = exact_functions();
    env.null_comparable = true;
  }
  Scope& with(std::string name, cel::TypeRef type, cel::Value value) {
    env.variables.push_back({std::move(name), std::move(type)});
    values.push_back(std::move(value));
    return *this;
  }
  Scope& with(const std::string& name, const Record& record) {
    return with(name, record.cel_type(), record.value());
  }
};

inline cel::TypeRef simple(cel::TypeKind kind) { return cel::types::simple(kind); }
inline cel::Value absent(const std::string& pointer) { return cel::Value::undetermined(pointer); }
inline cel::Value number(std::string_view text) { return cel::Value(*Decimal::parse(text)); }
inline cel::Value day(std::string_view text) { return cel::Value(*Date::parse(text)); }
inline cel::Value integer(std::int64_t value) { return cel::Value(value); }

/// true, false, unknown (misses /u) and broken (an error), as variables of type bool.
inline Scope truth_values() {
  const auto boolean = simple(cel::TypeKind::boolean);
  Scope scope;
  scope.with("yes", boolean, cel::Value(true)).with("no", boolean, cel::Value(false));
  scope.with("unknown", boolean, absent("/u")).with("other", boolean, absent("/v"));
  return scope.with("broken", boolean, cel::Value::error("broken"));
}

/// "true", "[1, 2]", "error: division by zero", "missing: /a /b", or "refused: …" where it does not compile.
inline std::string shown(const cel::Value& value) {
  if (const auto* unknown = value.get_if<cel::Undetermined>()) {
    std::string out = "missing:";
    for (const std::string& pointer : *unknown->missing) out += " " + pointer;
    return out;
  }
  return cel::show(value);
}

inline std::string outcome(std::string_view source, const Scope& scope = {}) {
  const auto made = cel::Expression::compile(source, scope.env);
  if (!made.ok()) return "refused: " + made.error().message;
  return shown(made->evaluate({scope.values, nullptr}).value);
}

/// The same evaluated with a trace.
inline std::string traced_outcome(std::string_view source, const Scope& scope = {}) {
  const auto made = cel::Expression::compile(source, scope.env);
  if (!made.ok()) return "refused: " + made.error().message;
  cel::TraceNode trace;
  return shown(made->evaluate({scope.values, nullptr}, 0, &trace).value);
}

/// "LINE:COLUMN: the first line of the message", or "" for an expression that compiles.
inline std::string mistake(std::string_view source, const Scope& scope = {}) {
  const auto made = cel::Expression::compile(source, scope.env);
  if (made.ok()) return "";
  const Error& error = made.error();
  return std::to_string(error.line) + ":" + std::to_string(error.column) + ": " +
         error.message.substr(0, error.message.find('\n'));
}

/// The syntax tree with all its brackets: "(a && (b || c))"; "mistake" where it does not parse.
inline std::string bracketed(const cel::Expr& e) {
  const auto all = [&e](std::size_t first) {
    std::string out;
    for (std::size_t i = first; i < e.args.size(); ++i)
      out += (i > first ? ", " : "") + bracketed(*e.args[i]);
    return out;
  };
  switch (e.kind) {
    case cel::ExprKind::constant:
      return cel::show(e.constant);
    case cel::ExprKind::ident:
      return e.name;
    case cel::ExprKind::select:
      return e.test_only ? "has(" + bracketed(*e.args[0]) + "." + e.name + ")"
                         : bracketed(*e.args[0]) + "." + e.name;
    case cel::ExprKind::list:
      return "[" + all(0) + "]";
    case cel::ExprKind::call:
      break;
    default:
      return "<" + e.name + ">";
  }
  if (e.member) return bracketed(*e.args[0]) + "." + e.name + "(" + all(1) + ")";
  if (e.name == cel::operators::conditional) {
    return "(" + bracketed(*e.args[0]) + " ? " + bracketed(*e.args[1]) + " : " + bracketed(*e.args[2]) + ")";
  }
  std::string symbol = e.name;
  std::erase(symbol, '_');
  std::erase(symbol, '@');
  if (symbol == "[]") return bracketed(*e.args[0]) + "[" + bracketed(*e.args[1]) + "]";
  if (e.name.find('_') == std::string::npos && e.name != cel::operators::in)
    return e.name + "(" + all(0) + ")";
  if (e.args.size() == 1) return "(" + symbol + bracketed(*e.args[0]) + ")";
  return "(" + bracketed(*e.args[0]) + " " + symbol + " " + bracketed(*e.args[1]) + ")";
}

inline std::string parsed_as(std::string_view source) {
  std::vector<cel::Issue> issues;
  const cel::ExprPtr root = cel::parse(source, issues);
  return root ? bracketed(*root) : "mistake: " + issues.front().message;
}

}  // namespace greenlane::test
