// Parts of the standard library, and what is shared in writing them.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "cel/function.h"

namespace greenlane::cel {

void add_logic(FunctionTable& table);        ///< && || ! ?:
void add_comparisons(FunctionTable& table);  ///< == != < <= > >=
void add_arithmetic(FunctionTable& table);   ///< + - * / % on numbers
void add_collections(FunctionTable& table);  ///< size, in, [], + on lists
void add_strings(FunctionTable& table);      ///< contains, startsWith, endsWith, matches, + on strings and bytes
void add_conversions(FunctionTable& table);  ///< int(), string(), …
void add_times(FunctionTable& table);        ///< timestamps and durations
void add_string_extensions(FunctionTable& table);  ///< charAt, indexOf, split, replace, …
void add_string_format(FunctionTable& table);      ///< format
void add_math_library(FunctionTable& table);       ///< math.greatest, math.ceil, math.bitAnd, …
void add_encoders(FunctionTable& table);           ///< base64.encode, base64.decode
void add_optionals(FunctionTable& table);          ///< optional.of, orValue, [?…], …

/// Shorthand for declaring overloads.
class Declare {
 public:
  explicit Declare(FunctionTable& table) : table_(table) {}
  void function(std::string name, std::vector<TypeRef> params, TypeRef result, Implementation run) {
    table_.add(Overload{.function = std::move(name), .params = std::move(params), .result = std::move(result), .run = run});
  }
  void member(std::string name, std::vector<TypeRef> params, TypeRef result, Implementation run) {
    table_.add(Overload{
        .function = std::move(name), .params = std::move(params), .result = std::move(result), .run = run, .member = true});
  }
  /// A question that a declared none (null) answers with false.
  void question(std::string name, bool is_member, std::vector<TypeRef> params, Implementation run, bool by_size = false) {
    table_.add(Overload{.function = std::move(name),
                        .params = std::move(params),
                        .result = types::simple(TypeKind::boolean),
                        .run = run,
                        .member = is_member,
                        .null_is_false = true,
                        .cost_by_size = by_size});
  }
  /// An overload whose worst-case cost grows with the size of its first argument.
  void sized(std::string name, bool is_member, std::vector<TypeRef> params, TypeRef result, Implementation run) {
    table_.add(Overload{.function = std::move(name),
                        .params = std::move(params),
                        .result = std::move(result),
                        .run = run,
                        .member = is_member,
                        .cost_by_size = true});
  }

  /// An overload with a worst case of its own.
  void worked(std::string name, bool is_member, std::vector<TypeRef> params, TypeRef result, Implementation run,
              EstimateWork work) {
    table_.add(Overload{.function = std::move(name),
                        .params = std::move(params),
                        .result = std::move(result),
                        .run = run,
                        .member = is_member,
                        .work = work});
  }

 private:
  FunctionTable& table_;
};

/// Declares < <= > >= of an `a` and a `b`.
void add_order(Declare& declare, const TypeRef& a, const TypeRef& b);

/// Adds work that grows with `units` to what an evaluation has spent.
inline void spend(const CallContext& context, std::size_t units) {
  if (context.cost != nullptr) *context.cost += units;
}

/// A list index: an int, or a number of another type that is exactly one.
std::optional<std::int64_t> list_index(const Value& value);

inline Value text_too_long() {
  return Value::error("a text that a condition puts together may have " + std::to_string(max_built_bytes) +
                      " bytes at most, but this one would have more");
}
inline Value list_too_long() {
  return Value::error("a list that a condition puts together may have " + std::to_string(max_built_elements) +
                      " elements at most, but this one would have more");
}

}  // namespace greenlane::cel
