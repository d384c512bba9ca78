// The JSON tree that all documents are read into and written from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "greenlane/result.h"

namespace greenlane::json {

class Value;
struct Member;
using Array = std::vector<Value>;
using Object = std::vector<Member>;  ///< in the order of the text; keys are unique

enum class Kind : unsigned char { null, boolean, integer, number, string, array, object };

/// An immutable-by-habit JSON value. `integer` is a number written without point and exponent,
/// within +-(2^53 - 1); `number` is any other finite number.
class Value {
 public:
  Value() noexcept : kind_(Kind::null), integer_(0) {}
  Value(std::nullptr_t) noexcept : Value() {}                                        // NOLINT: implicit
  Value(bool value) noexcept : kind_(Kind::boolean), integer_(value) {}              // NOLINT: implicit
  Value(std::int64_t value) noexcept : kind_(Kind::integer), integer_(value) {}      // NOLINT: implicit
  Value(int value) noexcept : Value(static_cast<std::int64_t>(value)) {}             // NOLINT: implicit
  Value(double value) noexcept : kind_(Kind::number), number_(value) {}              // NOLINT: implicit
  Value(std::string value) : kind_(Kind::string), string_(std::move(value)) {}       // NOLINT: implicit
  Value(std::string_view value) : Value(std::string(value)) {}                       // NOLINT: implicit
  Value(const char* value) : Value(std::string(value)) {}                            // NOLINT: implicit
  Value(Array value);                                                                // NOLINT: implicit
  Value(Object value);                                                               // NOLINT: implicit
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  Kind kind() const noexcept { return kind_; }
  bool is(Kind kind) const noexcept { return kind_ == kind; }
  bool is_null() const noexcept { return kind_ == Kind::null; }
  bool is_string() const noexcept { return kind_ == Kind::string; }
  bool is_array() const noexcept { return kind_ == Kind::array; }
  bool is_object() const noexcept { return kind_ == Kind::object; }

  // REQUIRES the kind in the name.
  bool boolean() const noexcept { return integer_ != 0; }
  std::int64_t integer() const noexcept { return integer_; }
  double number() const noexcept { return kind_ == Kind::integer ? static_cast<double>(integer_) : number_; }
  const std::string& string() const noexcept { return string_; }
  std::string& string() noexcept { return string_; }
  const Array& array() const noexcept;
  Array& array() noexcept;
  const Object& object() const noexcept;
  Object& object() noexcept;

  /// The member of an object, or null where this is no object or has no such member.
  const Value* find(std::string_view key) const noexcept;
  Value* find(std::string_view key) noexcept;
  /// The string member `key`, or "" where there is none.
  std::string_view text(std::string_view key) const noexcept;
  /// Sets or replaces a member. REQUIRES: is_object().
  void set(std::string key, Value value);

  friend bool operator==(const Value& a, const Value& b) noexcept;

 private:
  Kind kind_;
  union {
    std::int64_t integer_;
    double number_;
  };
  std::string string_;
  std::unique_ptr<Array> array_;
  std::unique_ptr<Object> object_;
};

struct Member {
  std::string key;
  Value value;
};

/// Ceilings for text that somebody else wrote; reference/limits are documented in docs/limits.md.
struct Limits {
  std::size_t bytes = 8u << 20;          ///< of the whole text
  std::size_t depth = 64;                ///< nested arrays and objects
  std::size_t keys = 10'000;             ///< members of one object
  std::size_t elements = 100'000;        ///< of one array
  std::size_t nodes = 1'000'000;         ///< values in all
  std::size_t string_bytes = 1u << 20;   ///< of one string or key
  std::size_t number_chars = 32;         ///< of one number's text
};

/// The one way in for JSON text. Refuses, beyond what RFC 8259 refuses: duplicate keys (also when
/// spelled with escapes), a byte order mark, lone surrogates, integers beyond
/// +-(2^53 - 1), numbers that overflow a double, and whatever is over `limits`. The error
/// has the JSON Pointer of the place where it is known and always line and column.
Result<Value> parse(std::string_view text, const Limits& limits = {});

/// RFC 8785 (JCS): keys sorted by UTF-16 code units, no white space, ECMAScript numbers.
std::string canonical(const Value& value);
/// The order of keys in it.
bool canonical_less(std::string_view a, std::string_view b) noexcept;
/// Keys in their own order, no white space.
std::string compact(const Value& value);
/// Keys in their own order, two blanks a level, for people.
std::string pretty(const Value& value);
/// Appends `text` as a JSON string with its quotes.
void append_quoted(std::string& out, std::string_view text);
/// Appends `value` in decimal digits.
void append_integer(std::string& out, std::int64_t value);
/// Whether `text` stands in a JSON string as it is.
bool is_plain(std::string_view text) noexcept;

/// RFC 6901: `parent` followed by "/token" with '~' and '/' escaped.
std::string pointer_child(std::string_view parent, std::string_view token);
std::string pointer_child(std::string_view parent, std::size_t index);
/// The value at `pointer`, or null.
const Value* at_pointer(const Value& root, std::string_view pointer) noexcept;

}  // namespace greenlane::json
