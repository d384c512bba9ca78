// Functions of the language: declarations for the checker and code for the evaluator, in one place.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cel/ast.h"
#include "cel/value.h"

namespace greenlane::cel {

/// What a running function may use besides its arguments.
struct CallContext {
  const Expr& call;            ///< `prepared` is what the overload's prepare() made
  const void* host = nullptr;  ///< Activation::host
  std::uint64_t* cost = nullptr;  ///< units spent so far; a function adds its work beyond one unit
};

/// The code of an overload. Arguments are known values of kinds that fit `params`.
using Implementation = Value (*)(const CallContext& context, const Value* args);

/// Looks at a call whose arguments `constants` are constant (null where not) when it is compiled. Returns
/// what the running function finds in `prepared`, or null; sets `problem` to refuse the expression.
using Prepare = std::shared_ptr<const void> (*)(const std::vector<const Value*>& constants, std::string& problem);

/// The most bytes of a text, and elements of a list, that an operator or function puts together.
inline constexpr std::uint64_t max_built_bytes = 1'000'000;
inline constexpr std::uint64_t max_built_elements = 100'000;
/// Characters or elements that the worst case takes for a value of unknown size.
inline constexpr std::uint64_t assumed_size = 1000;

/// The worst case of a call: units beside Overload::cost, and characters or elements of the result.
struct Work {
  std::uint64_t units = 0;
  std::uint64_t size = assumed_size;
};

/// Work for arguments of these sizes, none above max_built_bytes.
using EstimateWork = Work (*)(std::span<const std::uint64_t> sizes);

struct Overload {
  std::string function;
  std::vector<TypeRef> params;
  TypeRef result;
  Implementation run = nullptr;
  bool member = false;            ///< called as args[0].function(args[1]…)
  bool null_is_false = false;     ///< asked about a declared none (null), it answers false instead of failing
  bool dynamic_only = false;      ///< applies only where an argument's static type is dyn
  bool literal = false;           ///< makes a value of a literal: an error in a constant call is one of the expression
  Prepare prepare = nullptr;
  std::uint32_t cost = 1;         ///< worst case in units (docs/criteria-language.md), beside what depends on sizes
  bool cost_by_size = false;      ///< worst case grows with the sizes of the arguments
  EstimateWork work = nullptr;    ///< instead of cost_by_size, where the result may outgrow the arguments
};

/// A rule that reads a literal as another type where it stands next to one: 0.5 as decimal, "2025-01-01" as date.
struct LiteralRule {
  TypeRef to;
  TypeKind from;
  /// The converted value; an error value refuses the literal.
  Value (*convert)(const Expr& literal);
};

/// Overloads by name. Built once, then shared and immutable.
class FunctionTable {
 public:
  void add(Overload overload);
  void add(LiteralRule rule) { literal_rules_.push_back(std::move(rule)); }
  /// The overloads of a name in the order they were added, or null.
  const std::vector<std::unique_ptr<Overload>>* find(std::string_view name) const noexcept;
  const std::vector<LiteralRule>& literal_rules() const noexcept { return literal_rules_; }
  std::vector<std::string_view> names() const;

 private:
  std::map<std::string, std::vector<std::unique_ptr<Overload>>, std::less<>> functions_;
  std::vector<LiteralRule> literal_rules_;
};

/// Operators, conversions and functions of the specification.
void add_standard_library(FunctionTable& table);
/// decimal and date: exact arithmetic, calendar arithmetic, literals.
void add_decimal_library(FunctionTable& table);
void add_date_library(FunctionTable& table);
/// CEL's extension libraries: strings, math, encoders, optionals.
void add_extension_libraries(FunctionTable& table);

}  // namespace greenlane::cel
