// Values of the expression language, including the two that are not values: errors and undetermined.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cel/type.h"
#include "greenlane/date.h"
#include "greenlane/decimal.h"

namespace greenlane::cel {

class Value;

struct Null {};

/// Text that is borrowed from `owner`, or from somebody who outlives the evaluation where owner is null.
struct StringValue {
  std::string_view text;
  std::shared_ptr<const void> owner;
};
struct BytesValue {
  std::string_view bytes;
  std::shared_ptr<const void> owner;
};

struct Timestamp {
  std::int64_t seconds = 0;  ///< since 1970-01-01T00:00:00Z
  std::int32_t nanos = 0;    ///< 0 to 999,999,999
};
struct Duration {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;  ///< same sign as seconds
};

/// A list, map or struct is a model (how to look at it; outlives all values) over data of the host, or of `owner`.
class ListModel {
 public:
  virtual std::size_t size(const void* data) const = 0;
  virtual Value at(const void* data, std::size_t index) const = 0;
  /// Whether the list was written as null: no elements, and equal to null.
  virtual bool is_null(const void*) const { return false; }

 protected:
  ~ListModel() = default;
};
struct ListValue {
  const ListModel* model = nullptr;
  const void* data = nullptr;
  std::shared_ptr<const void> owner;

  std::size_t size() const { return model->size(data); }
  Value at(std::size_t index) const;
};

class MapModel {
 public:
  virtual std::size_t size(const void* data) const = 0;
  /// The key and value at a position below size(), in a fixed order.
  virtual std::pair<Value, Value> at(const void* data, std::size_t index) const = 0;
  /// The value of a key. A host may answer undetermined; nullopt = known not to be there.
  virtual std::optional<Value> find(const void* data, const Value& key) const = 0;
  /// What has(map.key) answers.
  virtual bool has(const void* data, const Value& key) const;

 protected:
  ~MapModel() = default;
};
struct MapValue {
  const MapModel* model = nullptr;
  const void* data = nullptr;
  std::shared_ptr<const void> owner;

  std::size_t size() const { return model->size(data); }
  std::pair<Value, Value> at(std::size_t index) const;
  std::optional<Value> find(const Value& key) const;
};

class ObjectModel {
 public:
  virtual const StructType& type() const = 0;
  /// The field's value; undetermined where it was not declared.
  virtual Value field(const void* data, std::uint32_t slot) const = 0;
  /// Whether the field is there and not null.
  virtual bool has(const void* data, std::uint32_t slot) const = 0;

 protected:
  ~ObjectModel() = default;
};
struct ObjectValue {
  const ObjectModel* model = nullptr;
  const void* data = nullptr;
};

/// A value of an opaque type of the host: a text (a commodity code), or host data (a table).
struct OpaqueValue {
  const Type* type = nullptr;  ///< outlives the value; compared by address
  std::string_view text;
  const void* data = nullptr;
  std::shared_ptr<const void> owner;
};

struct TypeValue {
  TypeRef type;
};

struct OptionalValue {
  std::shared_ptr<const Value> value;  ///< null = none
};

/// Evaluation failed: division by zero, no such key. `message` is one sentence.
struct ErrorValue {
  std::shared_ptr<const std::string> message;
};

/// Could not be decided because these were not declared: JSON Pointers, sorted, unique, never empty.
struct Undetermined {
  std::shared_ptr<const std::vector<std::string>> missing;
  bool present = false;  ///< a value is there, so it is neither null nor an empty text; only which one is not known
};

class Value {
 public:
  using Variant = std::variant<Null, bool, std::int64_t, std::uint64_t, double, StringValue, BytesValue, ListValue,
                               MapValue, TypeValue, Timestamp, Duration, Decimal, Date, ObjectValue, OpaqueValue,
                               OptionalValue, ErrorValue, Undetermined>;

  Value() = default;
  template <typename T>
    requires(!std::is_same_v<T, Value> && std::is_constructible_v<Variant, std::in_place_type_t<T>, T>)
  explicit Value(T value) : variant_(std::in_place_type<T>, std::move(value)) {}

  static Value string(std::string text);               ///< owns
  static Value borrowed(std::string_view text) { return Value(StringValue{text, nullptr}); }
  static Value bytes(std::string bytes);
  static Value list(std::vector<Value> elements);      ///< owns
  /// Owns; `entries` must have distinct keys.
  static Value map(std::vector<std::pair<Value, Value>> entries);
  static Value error(std::string_view message);
  static Value undetermined(std::string pointer, bool present = false);

  template <typename T>
  bool is() const noexcept {
    return std::holds_alternative<T>(variant_);
  }
  template <typename T>
  const T& as() const noexcept {
    return *std::get_if<T>(&variant_);
  }
  template <typename T>
  const T* get_if() const noexcept {
    return std::get_if<T>(&variant_);
  }
  template <typename Visitor>
  decltype(auto) visit(Visitor&& visitor) const {
    return std::visit(std::forward<Visitor>(visitor), variant_);
  }
  bool is_true() const noexcept { return is<bool>() && as<bool>(); }
  bool is_false() const noexcept { return is<bool>() && !as<bool>(); }
  /// Neither an error nor undetermined.
  bool is_known() const noexcept { return !is<ErrorValue>() && !is<Undetermined>(); }
  std::string_view text() const noexcept { return as<StringValue>().text; }

  /// The type at run time; list<dyn> for any list.
  TypeRef type() const;

 private:
  Variant variant_;
};

/// CEL equality: numbers by mathematical value across int, uint, double and decimal; other kinds only with
/// themselves. Elements that are undetermined or errors make the answer so unless another part differs. Adds the
/// elements, values and fields that were compared to `parts`.
Value equal(const Value& a, const Value& b, std::uint64_t* parts = nullptr);
/// -1, 0, 1; nullopt where the two have no order (NaN, different kinds).
std::optional<int> compare(const Value& a, const Value& b);

/// The union of what two values miss. REQUIRES both Undetermined.
Value merge_undetermined(const Value& a, const Value& b);
/// What is computed from an undetermined value: as undetermined, but maybe null or empty.
Value derived_undetermined(const Value& value);
/// `value` with the JSON Pointer token `token` appended to each pointer: a field of something that was not declared.
Value extend_undetermined(const Value& value, std::string_view token);

/// How a value is shown to people: strings in quotes, decimals and dates as in documents, lists shortened.
std::string show(const Value& value);

}  // namespace greenlane::cel
