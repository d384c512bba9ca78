// Equality and order across kinds (cel-spec, "Equality" and "Ordering").
#include <cmath>
#include <limits>

#include "cel/value.h"

namespace greenlane::cel {
namespace {

/// Parts of lists, maps and objects that one comparison looks at.
constexpr std::uint64_t max_compared_parts = 1'000'000;

constexpr double two_63 = 9223372036854775808.0;
constexpr double two_64 = 18446744073709551616.0;

template <typename T>
int order(const T& a, const T& b) {
  return a < b ? -1 : (b < a ? 1 : 0);
}

std::optional<int> compare_double(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::nullopt;
  return order(a, b);
}

// As the conformance suite has it: within the other type's range the comparison is one of doubles.
std::optional<int> compare_int_double(std::int64_t a, double b) {
  if (b > two_63) return -1;
  if (b < -two_63) return 1;
  return compare_double(static_cast<double>(a), b);
}

std::optional<int> compare_uint_double(std::uint64_t a, double b) {
  if (b > two_64) return -1;
  if (b < 0) return 1;
  return compare_double(static_cast<double>(a), b);
}

int compare_int_uint(std::int64_t a, std::uint64_t b) {
  if (a < 0) return -1;
  return order(static_cast<std::uint64_t>(a), b);
}

std::optional<int> negate(std::optional<int> sign) {
  if (sign) return -*sign;
  return sign;
}

bool is_number(const Value& v) {
  return v.is<std::int64_t>() || v.is<std::uint64_t>() || v.is<double>() || v.is<Decimal>();
}

std::optional<int> compare_decimal(const Decimal& a, const Value& b) {
  if (const auto* d = b.get_if<Decimal>()) return a < *d ? -1 : (*d < a ? 1 : 0);
  if (const auto* i = b.get_if<std::int64_t>()) return compare_decimal(a, Value(Decimal::from_int(*i)));
  if (const auto* u = b.get_if<std::uint64_t>()) return compare_decimal(a, Value(*Decimal::parse(std::to_string(*u))));
  return compare_double(a.to_double(), b.as<double>());
}

std::optional<int> compare_numbers(const Value& a, const Value& b) {
  if (const auto* d = a.get_if<Decimal>()) return compare_decimal(*d, b);
  if (const auto* d = b.get_if<Decimal>()) return negate(compare_decimal(*d, a));
  if (const auto* i = a.get_if<std::int64_t>()) {
    if (const auto* j = b.get_if<std::int64_t>()) return order(*i, *j);
    if (const auto* u = b.get_if<std::uint64_t>()) return compare_int_uint(*i, *u);
    return compare_int_double(*i, b.as<double>());
  }
  if (const auto* u = a.get_if<std::uint64_t>()) {
    if (const auto* v = b.get_if<std::uint64_t>()) return order(*u, *v);
    if (const auto* i = b.get_if<std::int64_t>()) return -compare_int_uint(*i, *u);
    return compare_uint_double(*u, b.as<double>());
  }
  if (const auto* i = b.get_if<std::int64_t>()) return negate(compare_int_double(*i, a.as<double>()));
  if (const auto* u = b.get_if<std::uint64_t>()) return negate(compare_uint_double(*u, a.as<double>()));
  return compare_double(a.as<double>(), b.as<double>());
}

/// Folds the equality of parts: a difference decides; else undetermined or an error stays.
class AllEqual {
 public:
  /// Returns false once the answer is known to be "not equal".
  bool add(const Value& part) {
    if (part.is_false()) {
      outcome_ = part;
      return false;
    }
    if (part.is<Undetermined>()) {
      outcome_ = outcome_.is<Undetermined>() ? merge_undetermined(outcome_, part) : part;
    } else if (part.is<ErrorValue>() && outcome_.is<bool>()) {
      outcome_ = part;
    }
    return true;
  }
  const Value& outcome() const { return outcome_; }

 private:
  Value outcome_{true};
};

/// Counts the parts that are compared: lists that share parts may have more of them than memory could hold.
class Comparison {
 public:
  explicit Comparison(std::uint64_t& parts) : parts_(parts) {}
  Value run(const Value& a, const Value& b);

 private:
  bool is_over() { return ++parts_ > max_compared_parts; }
  static Value too_many() {
    return Value::error("two values with more than " + std::to_string(max_compared_parts) + " parts are not compared; compare what matters of them");
  }

  Value lists(const ListValue& a, const ListValue& b) {
    if (a.size() != b.size()) return Value(false);
    AllEqual all;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (is_over()) return too_many();
      if (!all.add(run(a.at(i), b.at(i)))) break;
    }
    return all.outcome();
  }

  Value maps(const MapValue& a, const MapValue& b) {
    if (a.size() != b.size()) return Value(false);
    AllEqual all;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (is_over()) return too_many();
      const auto [key, value] = a.at(i);
      const auto other = b.find(key);
      if (!all.add(other ? run(value, *other) : Value(false))) break;
    }
    return all.outcome();
  }

  Value objects(const ObjectValue& a, const ObjectValue& b) {
    if (a.data == b.data) return Value(true);
    if (&a.model->type() != &b.model->type()) return Value(false);
    AllEqual all;
    for (std::uint32_t slot = 0; slot < a.model->type().fields.size(); ++slot) {
      if (is_over()) return too_many();
      if (!all.add(run(a.model->field(a.data, slot), b.model->field(b.data, slot)))) break;
    }
    return all.outcome();
  }

  Value optionals(const OptionalValue& a, const OptionalValue& b) {
    if (!a.value || !b.value) return Value(!a.value && !b.value);
    return is_over() ? too_many() : run(*a.value, *b.value);
  }

  std::uint64_t& parts_;
};

Value Comparison::run(const Value& a, const Value& b) {
  if (a.is<Undetermined>()) return b.is<Undetermined>() ? merge_undetermined(a, b) : a;
  if (b.is<Undetermined>() || b.is<ErrorValue>()) return b;
  if (a.is<ErrorValue>()) return a;
  if (b.is<Null>() && !a.is<Null>()) return run(b, a);
  if (a.is<Null>()) {
    const auto* list = b.get_if<ListValue>();
    return Value(b.is<Null>() || (list != nullptr && list->model->is_null(list->data)));
  }
  if (is_number(a) && is_number(b)) return Value(compare_numbers(a, b) == 0);
  if (const auto* x = a.get_if<ListValue>()) return b.is<ListValue>() ? lists(*x, b.as<ListValue>()) : Value(false);
  if (const auto* x = a.get_if<MapValue>()) return b.is<MapValue>() ? maps(*x, b.as<MapValue>()) : Value(false);
  if (const auto* x = a.get_if<ObjectValue>()) {
    return b.is<ObjectValue>() ? objects(*x, b.as<ObjectValue>()) : Value(false);
  }
  if (const auto* x = a.get_if<TypeValue>()) {
    // type(x) knows no element types: list<dyn> is "list".
    const auto* y = b.get_if<TypeValue>();
    return Value(y != nullptr && x->type->kind() == y->type->kind() && x->type->name() == y->type->name());
  }
  if (const auto* x = a.get_if<OptionalValue>()) {
    return b.is<OptionalValue>() ? optionals(*x, b.as<OptionalValue>()) : Value(false);
  }
  if (const auto* x = a.get_if<OpaqueValue>()) {
    const auto* y = b.get_if<OpaqueValue>();
    return Value(y != nullptr && x->type == y->type && x->text == y->text && x->data == y->data);
  }
  return Value(compare(a, b) == 0);
}

}  // namespace

Value equal(const Value& a, const Value& b, std::uint64_t* parts) {
  std::uint64_t compared = 0;
  Value same = Comparison(compared).run(a, b);
  if (parts != nullptr) *parts += compared;
  return same;
}

std::optional<int> compare(const Value& a, const Value& b) {
  if (is_number(a) && is_number(b)) return compare_numbers(a, b);
  if (const auto* x = a.get_if<bool>(); x && b.is<bool>()) return order(int{*x}, int{b.as<bool>()});
  // UTF-8 keeps the order of code points.
  if (a.is<StringValue>() && b.is<StringValue>()) return order(a.text(), b.text());
  if (const auto* x = a.get_if<BytesValue>(); x && b.is<BytesValue>()) return order(x->bytes, b.as<BytesValue>().bytes);
  if (const auto* x = a.get_if<Timestamp>(); x && b.is<Timestamp>()) {
    const auto& y = b.as<Timestamp>();
    return order(std::pair(x->seconds, x->nanos), std::pair(y.seconds, y.nanos));
  }
  if (const auto* x = a.get_if<Duration>(); x && b.is<Duration>()) {
    const auto& y = b.as<Duration>();
    return order(std::pair(x->seconds, x->nanos), std::pair(y.seconds, y.nanos));
  }
  if (const auto* x = a.get_if<Date>(); x && b.is<Date>()) return order(*x, b.as<Date>());
  return std::nullopt;
}

}  // namespace greenlane::cel
