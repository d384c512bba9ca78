#include "tests/differential/naive_condition.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace greenlane::test::naive {
namespace {

namespace op = cel::operators;
using cel::Expr;
using cel::ExprKind;
using criteria::ColumnType;
using criteria::ListSource;

[[noreturn]] void unknown(const std::string& what) {
  throw std::logic_error("the second opinion does not know " + what);
}

bool one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Walk {
 public:
  Walk(Variables variables, const Setting& setting) : variables_(std::move(variables)), setting_(setting) {}

  Value value(const Expr& e) {
    switch (e.kind) {
      case ExprKind::constant:
        return constant(e);
      case ExprKind::ident:
        return variable(e.name);
      case ExprKind::select:
        return e.test_only ? has_member(value(*e.args[0]), e.name) : member(value(*e.args[0]), e.name);
      case ExprKind::list:
        return list(e);
      case ExprKind::comprehension:
        return quantifier(e);
      case ExprKind::call:
        return call(e);
      case ExprKind::map:
      case ExprKind::message:
        break;
    }
    unknown("this expression");
  }

 private:
  static Value constant(const Expr& e) {
    if (e.constant.is<cel::Null>()) return {};
    if (e.constant.is<bool>()) return truth(e.constant.as<bool>());
    if (e.constant.is<std::int64_t>()) return integer(e.constant.as<std::int64_t>());
    if (e.constant.is<double>()) return number(Decimal::parse(e.name).value());
    if (e.constant.is<cel::StringValue>()) return words(e.constant.text());
    unknown("the constant " + e.name);
  }

  Value variable(const std::string& name) const {
    if (name == "as_of") return day(setting_.as_of);
    for (auto at = variables_.rbegin(); at != variables_.rend(); ++at) {
      if (at->first == name) return at->second;
    }
    unknown("the variable " + name);
  }

  Value list(const Expr& e) {
    Value made;
    made.kind = Kind::list;
    for (const auto& arg : e.args) made.elements.push_back(value(*arg));
    return made;
  }

  /// exists and all, element by element, until one decides.
  Value quantifier(const Expr& e) {
    if (!one_of(e.name, {"exists", "all"})) unknown(e.name);
    const Value range = value(*e.args[0]);
    if (!range.known()) return range;
    const bool decider = e.name == "exists";
    Value outcome = truth(!decider);
    for (const Value& element : range.elements) {
      variables_.emplace_back(e.iter_var, element);
      // The step of the fold is `accumulator || condition`.
      const Value turn = value(*e.args[3]->args[1]);
      variables_.pop_back();
      outcome = joined(outcome, turn, decider);
      if (outcome.is(decider)) break;
    }
    return outcome;
  }

  /// a || b for the decider true, a && b for false.
  static Value joined(const Value& a, const Value& b, bool decider) {
    if (a.is(decider) || b.is(decider)) return truth(decider);
    if (a.is(Kind::missing) || b.is(Kind::missing)) return both_missing(a, b.is(Kind::missing) ? b : a);
    if (a.is(Kind::error)) return a;
    if (b.is(Kind::error)) return b;
    if (a.is(Kind::boolean) && b.is(Kind::boolean)) return truth(!decider);
    if (!(a.is(Kind::boolean) ? b : a).is(Kind::null)) unknown("'&&' and '||' of anything but conditions");
    return failure("'&&' and '||' take conditions, which are true or false; found null");
  }

  Value call(const Expr& e) {
    if (e.name == op::logical_and || e.name == op::logical_or) {
      const bool decider = e.name == op::logical_or;
      const Value left = value(*e.args[0]);
      return left.is(decider) ? left : joined(left, value(*e.args[1]), decider);
    }
    if (e.name == op::conditional) {
      const Value condition = value(*e.args[0]);
      if (condition.is(Kind::null)) return failure("'?:' takes a condition (bool) before '?'");
      if (!condition.known()) return condition;
      return value(*e.args[condition.truth ? 1 : 2]);
    }
    if (const ListSource* reference = reference_list(e)) return look_up(e, *reference);
    std::vector<Value> args;
    for (const auto& arg : e.args) args.push_back(value(*arg));
    read_literals(e, args);
    if (e.name == op::equals) return same(args[0], args[1]);
    if (e.name == op::not_equals) return negated(same(args[0], args[1]));
    if (auto failed = first_unknown(args)) return e.name == op::index ? indexed(*failed, args[1]) : *failed;
    return known_call(e, args);
  }

  static Value negated(Value value) {
    if (value.is(Kind::boolean)) value.truth = !value.truth;
    return value;
  }

  /// A literal beside a decimal or a date is one itself.
  static void read_literals(const Expr& e, std::vector<Value>& args) {
    if (args.size() != 2 || e.name == op::modulo) return;
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
      const Value& other = args[1 - side];
      const Kind kind = other.is(Kind::null) ? other.wanted : other.kind;
      if (e.args[side]->kind != ExprKind::constant) continue;
      if (kind == Kind::date && args[side].is(Kind::text))
        args[side] = day(Date::parse(args[side].text).value());
      if (kind == Kind::decimal && args[side].is(Kind::integer)) args[side] = number(exact(args[side]));
    }
  }

  static std::optional<Value> first_unknown(const std::vector<Value>& args) {
    std::optional<Value> found;
    for (const Value& arg : args) {
      if (arg.is(Kind::missing)) found = found ? both_missing(*found, arg) : arg;
    }
    for (const Value& arg : args) {
      if (arg.is(Kind::error) && !found) found = arg;
    }
    return found;
  }

  /// The element of a list that was not declared is missing under its own pointer.
  static Value indexed(const Value& failed, const Value& index) {
    return failed.is(Kind::missing) ? member(failed, std::to_string(index.integer)) : failed;
  }

  static Value cannot_take(const Expr& e, const std::vector<Value>& args) {
    std::string kinds;
    bool null = false;
    for (const Value& arg : args) {
      kinds += (kinds.empty() ? "" : ", ") + kind_name(arg);
      null = null || arg.is(Kind::null);
    }
    if (!null) unknown(e.name + "(" + kinds + ")");
    return failure("no such overload: " + e.name + "(" + kinds +
                   "); a value that is declared as none (null) has to be asked for with has() first");
  }

  static Value known_call(const Expr& e, const std::vector<Value>& args) {
    if (e.name == op::in) return in_list(args[0], args[1]);
    if (e.name == "size") return integer(static_cast<std::int64_t>(args[0].elements.size()));
    if (e.name == op::index) {
      const auto size = static_cast<std::int64_t>(args[0].elements.size());
      if (args[1].integer < size) return args[0].elements[static_cast<std::size_t>(args[1].integer)];
      return failure("index " + std::to_string(args[1].integer) + " is outside a list of " +
                     std::to_string(size) + " elements");
    }
    if (e.name == "under") return under(args[0], args[1]);
    for (const Value& arg : args) {
      if (arg.is(Kind::null)) return cannot_take(e, args);
    }
    if (e.name == op::logical_not) return negated(args[0]);
    if (one_of(e.name, {op::less, op::less_equals, op::greater, op::greater_equals}))
      return ordered(e.name, args);
    if (one_of(e.name, {op::add, op::subtract, op::multiply, op::divide, op::modulo}))
      return computed(e.name, args);
    if (e.name == "plusDays") return day(args[0].date.add_days(args[1].integer).value());
    if (e.name == "daysUntil")
      return integer(args[1].date.days_since_1970() - args[0].date.days_since_1970());
    if (e.name == "startsWith") return truth(args[0].text.starts_with(args[1].text));
    if (e.name == "contains") return truth(args[0].text.find(args[1].text) != std::string::npos);
    if (e.name == "date") return day(Date::parse(args[0].text).value());
    if (e.name == "decimal") return number(Decimal::parse(args[0].text).value());
    if (e.name == "heading") return words(args[0].text.substr(0, 4));
    unknown(e.name);
  }

  static Value in_list(const Value& wanted, const Value& list) {
    bool found = false;
    for (const Value& element : list.elements) found = found || same(wanted, element).is(true);
    return truth(found);
  }

  static Value under(const Value& code, const Value& prefixes) {
    const auto begins = [&](const Value& prefix) {
      return code.is(Kind::code) && !prefix.is(Kind::null) && code.text.starts_with(prefix.text);
    };
    if (!prefixes.is(Kind::list)) return truth(begins(prefixes));
    return truth(std::any_of(prefixes.elements.begin(), prefixes.elements.end(), begins));
  }

  static Value ordered(const std::string& name, const std::vector<Value>& args) {
    const int sign = order(args[0], args[1]);
    if (name == op::less) return truth(sign < 0);
    if (name == op::less_equals) return truth(sign <= 0);
    return truth(name == op::greater ? sign > 0 : sign >= 0);
  }

  static Value computed(const std::string& name, const std::vector<Value>& args) {
    const bool whole = args[0].is(Kind::integer) && args[1].is(Kind::integer);
    const bool division = name == op::divide || name == op::modulo;
    if (division && exact(args[1]).is_zero()) return failure("division by zero");
    if (whole) {
      const std::int64_t a = args[0].integer;
      const std::int64_t b = args[1].integer;
      if (name == op::modulo) return integer(a % b);
      if (name == op::divide) return integer(a / b);
      return integer(name == op::add ? a + b : (name == op::subtract ? a - b : a * b));
    }
    const Decimal a = exact(args[0]);
    const Decimal b = exact(args[1]);
    if (name == op::add) return number(Decimal::add(a, b).value());
    if (name == op::subtract) return number(Decimal::subtract(a, b).value());
    return number((name == op::multiply ? Decimal::multiply(a, b) : Decimal::divide(a, b)).value());
  }

  /// The list that a call looks into: x in lists.NAME, x.under(lists.NAME), lists.NAME.has(x),
  /// lists.NAME.row(x), and the last two with On or Ever.
  const ListSource* reference_list(const Expr& e) const {
    for (const auto& arg : e.args) {
      const bool reference = arg->kind == ExprKind::select && arg->args[0]->kind == ExprKind::ident &&
                             arg->args[0]->name == "lists";
      if (!reference) continue;
      for (const ListSource& source : setting_.pack.lists) {
        if (source.name == arg->name) return &source;
      }
      unknown("lists." + arg->name);
    }
    return nullptr;
  }

  Value look_up(const Expr& e, const ListSource& reference) {
    std::vector<Value> keys;
    for (std::size_t i = reference.is_table ? 1 : 0; i < e.args.size() - (reference.is_table ? 0 : 1); ++i) {
      keys.push_back(value(*e.args[i]));
    }
    if (auto failed = first_unknown(keys)) return *failed;
    const bool none =
        std::any_of(keys.begin(), keys.end(), [](const Value& key) { return key.is(Kind::null); });
    if (none && e.name.starts_with("row")) unknown("a row for null");
    std::optional<std::size_t> found;
    if (!none)
      found = reference.is_table ? row_on_days(reference, e.name, std::move(keys))
                                 : place_of(reference, e.name == "under", keys[0]);
    if (found && setting_.found_in != nullptr) setting_.found_in->insert(reference.name);
    if (!e.name.starts_with("row")) return truth(found.has_value());
    if (found) return table_row(reference, *found);
    return failure("lists." + reference.name + " has no such row; ask with has" + e.name.substr(3) +
                   "() first");
  }

  /// The row of has() and row(); of hasOn() and rowOn(), whose first key is a day; of hasEver() and rowEver().
  std::optional<std::size_t> row_on_days(const ListSource& table, const std::string& name,
                                         std::vector<Value> keys) const {
    if (name.ends_with("On")) {
      const Value on = keys.front().is(Kind::text) ? day(Date::parse(keys.front().text).value()) : keys.front();
      keys.erase(keys.begin());
      return best_row(table, keys, [&](std::size_t r) { return in_force(table, r, on.date); });
    }
    const Date today = setting_.as_of;
    const auto now = best_row(table, keys, [&](std::size_t r) { return in_force(table, r, today); });
    if (now || !name.ends_with("Ever")) return now;
    // The nearest day on which a row of the key is in force, looked for day by day: first back, then ahead.
    const auto any = best_row(table, keys, [](std::size_t) { return true; });
    if (!any) return std::nullopt;
    const auto same_key = [&](std::size_t r) {
      for (std::size_t c = 0; c < keys.size(); ++c) {
        if (table.rows[r][c] != table.rows[*any][c]) return false;
      }
      return true;
    };
    for (const std::int64_t step : {-1, 1}) {
      for (std::int64_t days = 1; days < 1000; ++days) {
        const Date then = today.add_days(step * days).value();
        const auto found =
            best_row(table, keys, [&](std::size_t r) { return same_key(r) && in_force(table, r, then); });
        if (found) return found;
      }
    }
    unknown("rows that are years away");
  }

  static std::optional<std::size_t> place_of(const ListSource& set, bool by_prefix, const Value& code) {
    for (std::size_t i = 0; i < set.rows.size(); ++i) {
      const std::string& element = set.rows[i].front().string();
      if (by_prefix ? code.text.starts_with(element) : code.text == element) return i;
    }
    return std::nullopt;
  }

  /// The first row that may be taken with the longest prefix of the code whose other columns equal their keys.
  template <typename MayBe>
  static std::optional<std::size_t> best_row(const ListSource& table, const std::vector<Value>& keys,
                                             const MayBe& may_be) {
    std::optional<std::size_t> best;
    std::size_t longest = 0;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      if (!may_be(r)) continue;
      bool fits = true;
      std::size_t length = 1;
      for (std::size_t c = 0; c < keys.size(); ++c) {
        const Value cell = member(table_row(table, r), table.columns[c].name);
        const bool code = table.columns[c].type == ColumnType::hs;
        fits = fits && (code ? under(keys[c], cell) : same(keys[c], cell)).is(true);
        if (code) length = cell.text.size();
      }
      if (!fits || length <= longest) continue;
      longest = length;
      best = r;
    }
    return best;
  }

  Variables variables_;
  const Setting& setting_;
};

}  // namespace

Value evaluate(const Expr& tree, const Variables& variables, const Setting& setting) {
  return Walk(variables, setting).value(tree);
}

bool in_force(const ListSource& table, std::size_t row, Date day) {
  bool inside = true;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].type != ColumnType::date || table.rows[row][c].is_null()) continue;
    const Date bound = Date::parse(table.rows[row][c].string()).value();
    if (table.columns[c].name == "from") inside = inside && bound <= day;
    if (table.columns[c].name == "to") inside = inside && day <= bound;
  }
  return inside;
}

}  // namespace greenlane::test::naive
