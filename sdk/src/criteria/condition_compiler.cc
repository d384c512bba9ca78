#include "criteria/condition_compiler.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "criteria/expected_share.h"

namespace greenlane::criteria {
namespace {

using cel::Expr;
using cel::ExprKind;
using cel::Form;
using cel::Value;
using document::Field;
using document::FieldKind;

const Value* constant_of(const Expr& e) noexcept {
  if (e.kind == ExprKind::constant || (e.kind == ExprKind::ident && e.binding == cel::Binding::constant)) return &e.constant;
  return nullptr;
}

/// The elements of a list of constants.
std::optional<std::vector<const Value*>> constants_of(const Expr& e) {
  if (e.kind != ExprKind::list) return std::nullopt;
  std::vector<const Value*> values;
  for (const auto& arg : e.args) {
    const Value* value = constant_of(*arg);
    if (value == nullptr) return std::nullopt;
    values.push_back(value);
  }
  if (std::find(e.optional_args.begin(), e.optional_args.end(), true) != e.optional_args.end()) return std::nullopt;
  return values;
}

const CodeSet* set_of(const Expr& e) noexcept {
  const Value* value = constant_of(e);
  return value == nullptr ? nullptr : code_set_of(*value);
}

std::optional<std::string_view> text_of(const Value& value) noexcept {
  if (value.is<cel::StringValue>()) return value.text();
  const auto* opaque = value.get_if<cel::OpaqueValue>();
  return opaque != nullptr && opaque->data == nullptr ? std::optional(opaque->text) : std::nullopt;
}

/// The kind of fact in which values of the field are compared; nullopt for those that the evaluator compares.
std::optional<FactKind> kind_of(const Field* field) noexcept {
  if (field == nullptr) return FactKind::day;  // as_of
  switch (field->kind) {
    case FieldKind::string:
    case FieldKind::hs:
    case FieldKind::free:
      return FactKind::code;
    case FieldKind::boolean:
      return FactKind::truth;
    case FieldKind::decimal:
      return FactKind::amount;
    case FieldKind::integer:
      return FactKind::integer;
    case FieldKind::date:
      return FactKind::day;
    default:
      return std::nullopt;
  }
}

bool is_number(FactKind kind) noexcept { return kind == FactKind::amount || kind == FactKind::integer || kind == FactKind::day; }

ColumnForm form_of(FactKind kind) noexcept {
  return kind == FactKind::amount ? ColumnForm::amount : kind == FactKind::day ? ColumnForm::day : ColumnForm::code;
}

void tidy(std::vector<std::uint64_t>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

}  // namespace

ConditionCompiler::ConditionCompiler(const Field& root, const EachPath& each, FactVocabulary& vocabulary, FactLayout& layout)
    : root_(root), each_(each), vocabulary_(vocabulary), layout_(layout), row_variable_(first_element_variable + each.arrays.size()) {}

Condition ConditionCompiler::compile(const CompiledCriterion& criterion) {
  criterion_ = &criterion;
  return convert(criterion.when.root(), false);
}

Condition ConditionCompiler::convert(const Expr& e, bool negated) {
  if (e.kind == ExprKind::call) {
    if (e.form == Form::logical_and) return joined(e, negated ? Condition::Kind::any : Condition::Kind::all, negated);
    if (e.form == Form::logical_or) return joined(e, negated ? Condition::Kind::all : Condition::Kind::any, negated);
    if (e.name == cel::operators::logical_not) return convert(*e.args[0], !negated);
    if (e.form == Form::conditional) {
      Condition choice{.kind = Condition::Kind::choice, .negated = false, .atom = {}, .children = {}};
      choice.children.push_back(convert(*e.args[0], false));
      choice.children.push_back(convert(*e.args[1], negated));
      choice.children.push_back(convert(*e.args[2], negated));
      return choice;
    }
    if (e.form == Form::not_equals) negated = !negated;
  }
  auto atom = atom_of(e);
  if (!atom) {
    atom = Atom();
    if (e.kind == ExprKind::call && e.form == Form::not_equals) negated = !negated;
  }
  atom->expr = &e;
  // A row is there or not, so that one that is not there can be waited for, too.
  if (negated && e.member && atom->test == Test::code_among) {
    atom->values = {Dictionary::no};
    atom->share = expected_share_of_no_row;
    negated = false;
  }
  const bool bound = atom->column < 0 && (atom->test == Test::number_at_least || atom->test == Test::number_at_most);
  if (negated && bound) {
    // Among whole numbers, not at least v is at most v - 1.
    const bool least = atom->test == Test::number_at_least;
    atom->test = least ? Test::number_at_most : Test::number_at_least;
    atom->values[0] += least ? ~std::uint64_t{0} : 1;
    negated = false;
  }
  return {.kind = Condition::Kind::atom, .negated = negated, .atom = *std::move(atom), .children = {}};
}

Condition ConditionCompiler::joined(const Expr& e, Condition::Kind kind, bool negated) {
  Condition made{.kind = kind, .negated = false, .atom = {}, .children = {}};
  for (const auto& arg : e.args) {
    Condition part = convert(*arg, negated);
    if (part.kind == kind) {
      std::move(part.children.begin(), part.children.end(), std::back_inserter(made.children));
    } else {
      made.children.push_back(std::move(part));
    }
  }
  return made;
}

std::optional<Atom> ConditionCompiler::atom_of(const Expr& e) {
  if (e.kind == ExprKind::comprehension) return exists(e);
  if (e.kind == ExprKind::select) return e.test_only ? presence(e) : truth(e);
  if (e.kind != ExprKind::call) return std::nullopt;
  if (e.member && (e.name == "has" || e.name == "hasOn" || e.name == "hasEver")) return row_there(e);
  if (e.args.size() != 2) return std::nullopt;
  if (e.form == Form::equals || e.form == Form::not_equals) {
    auto made = equality(*e.args[0], *e.args[1]);
    return made ? made : equality(*e.args[1], *e.args[0]);
  }
  if (e.name == cel::operators::in) return among(e);
  if (e.name == "under" && e.member) return under(e);
  return order(e);
}

/// has(path)
std::optional<Atom> ConditionCompiler::presence(const Expr& e) {
  const auto owner = path_of(*e.args[0]);
  const auto path = owner ? member_of(*owner, e) : std::nullopt;
  if (!path || path->from != Path::From::element || !path->key.empty()) return std::nullopt;
  Atom atom(Test::present);
  atom.fact = layout_.add(source_of(*path, FactKind::presence));
  return atom;
}

/// A boolean field that is a condition itself.
std::optional<Atom> ConditionCompiler::truth(const Expr& e) {
  const auto path = path_of(e);
  if (!path || path->from != Path::From::element || path->field == nullptr || path->field->kind != FieldKind::boolean) return std::nullopt;
  Atom atom(Test::holds);
  atom.fact = layout_.add(source_of(*path, FactKind::truth));
  return atom;
}

std::optional<std::uint64_t> ConditionCompiler::value_of(const Value& constant, FactKind kind) {
  if (constant.is<cel::Null>()) return is_number(kind) ? static_cast<std::uint64_t>(Ordinal::none) : std::uint64_t{Dictionary::none};
  switch (kind) {
    case FactKind::code:
    case FactKind::codes:
      if (const auto text = text_of(constant)) return vocabulary_.dictionary.add(*text);
      return std::nullopt;
    case FactKind::truth:
      if (const auto* truth = constant.get_if<bool>()) return *truth ? Dictionary::yes : Dictionary::no;
      return std::nullopt;
    case FactKind::amount: {
      std::optional<std::int64_t> ordinal;
      if (const auto* amount = constant.get_if<Decimal>()) ordinal = Ordinal::threshold(*amount);
      if (const auto* integer = constant.get_if<std::int64_t>()) ordinal = Ordinal::threshold(Decimal::from_int(*integer));
      return ordinal ? std::optional(static_cast<std::uint64_t>(*ordinal)) : std::nullopt;
    }
    case FactKind::integer: {
      const auto* integer = constant.get_if<std::int64_t>();
      if (integer == nullptr || *integer >= Ordinal::most || *integer <= -Ordinal::most) return std::nullopt;
      return static_cast<std::uint64_t>(*integer);
    }
    case FactKind::day:
      if (const auto* day = constant.get_if<Date>()) return static_cast<std::uint64_t>(std::int64_t{day->days_since_1970()});
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

std::optional<Atom> ConditionCompiler::equality(const Expr& a, const Expr& b) {
  const auto path = path_of(a);
  if (!path || path->from == Path::From::row) return std::nullopt;
  return compared(*path, b);
}

/// `path == with`
std::optional<Atom> ConditionCompiler::compared(const Path& path, const Expr& with) {
  const Value* constant = constant_of(with);
  auto kind = kind_of(path.field);
  // Whether it is declared as none can be asked of groups and arrays, too.
  if (!kind && constant != nullptr && constant->is<cel::Null>() && path.from == Path::From::element) kind = FactKind::presence;
  if (!kind) return std::nullopt;
  Atom atom(is_number(*kind) ? Test::number_is : Test::code_among);
  if (constant != nullptr) {
    const auto value = value_of(*constant, *kind == FactKind::presence ? FactKind::code : *kind);
    if (!value) return std::nullopt;
    atom.values = {*value};
  } else {
    const auto other = path_of(with);
    if (!other) return std::nullopt;
    if (other->from == Path::From::element) return facts_compared(is_number(*kind) ? Test::number_same : Test::same_code, path, *other);
    if (other->from != Path::From::row || *kind == FactKind::truth || *kind == FactKind::integer) return std::nullopt;
    const auto column = column_of(*other, form_of(*kind));
    if (!column) return std::nullopt;
    atom.column = *column;
  }
  atom.fact = path.from == Path::From::local ? 0 : layout_.add(source_of(path, *kind));
  atom.share = expected_share(path.field, *kind, atom.values.size());
  return atom;
}

std::optional<Atom> ConditionCompiler::facts_compared(Test test, const Path& a, const Path& b) {
  const auto kind = kind_of(a.field);
  if (!kind || kind != kind_of(b.field) || a.from != Path::From::element || b.from != Path::From::element) return std::nullopt;
  // A code of one type is no text of another, and what is free may be no text at all.
  const bool same_type = a.field == nullptr || b.field == nullptr || a.field->kind == b.field->kind;
  if (!same_type || *kind == FactKind::truth || !a.key.empty()) return std::nullopt;
  FactSource first = source_of(a, *kind);
  FactSource second = source_of(b, *kind);
  first.compared = second.compared = true;
  Atom atom(test);
  atom.fact = layout_.add(std::move(first));
  atom.other_fact = layout_.add(std::move(second));
  return atom;
}

std::optional<Atom> ConditionCompiler::order(const Expr& e) {
  namespace op = cel::operators;
  const bool above = e.name == op::greater || e.name == op::greater_equals;
  const bool strictly = e.name == op::greater || e.name == op::less;
  if (!above && e.name != op::less && e.name != op::less_equals) return std::nullopt;
  const auto left = path_of(*e.args[0]);
  const auto right = path_of(*e.args[1]);
  const bool both = left && right && left->from == Path::From::element && right->from == Path::From::element;
  if (both) {
    const auto kind = kind_of(left->field);
    if (!kind || !is_number(*kind)) return std::nullopt;
    const Test test = strictly ? Test::number_below : Test::number_not_above;
    return above ? facts_compared(test, *right, *left) : facts_compared(test, *left, *right);
  }
  if (left && left->from == Path::From::element) return ordered(*left, *e.args[1], above, strictly);
  if (right && right->from == Path::From::element) return ordered(*right, *e.args[0], !above, strictly);
  return std::nullopt;
}

/// `path > with` and its like. A strict bound is one off the next value.
std::optional<Atom> ConditionCompiler::ordered(const Path& path, const Expr& with, bool at_least, bool strictly) {
  const auto kind = kind_of(path.field);
  if (!kind || !is_number(*kind)) return std::nullopt;
  Atom atom(at_least ? Test::number_at_least : Test::number_at_most);
  if (const Value* constant = constant_of(with)) {
    const auto value = constant->is<cel::Null>() ? std::nullopt : value_of(*constant, *kind);
    if (!value) return std::nullopt;
    const std::uint64_t step = strictly ? (at_least ? 1 : ~std::uint64_t{0}) : 0;
    atom.values = {*value + step};
  } else {
    const auto row = path_of(with);
    if (!row || row->from != Path::From::row || *kind == FactKind::integer) return std::nullopt;
    const auto column = column_of(*row, form_of(*kind));
    if (!column) return std::nullopt;
    atom.column = *column;
    atom.strictly = strictly;
  }
  atom.fact = layout_.add(source_of(path, *kind));
  return atom;
}

std::optional<Atom> ConditionCompiler::among(const Expr& e) {
  const Expr& of = *e.args[0];
  if (const auto values = constants_of(*e.args[1])) {
    const auto path = path_of(of);
    if (!path || path->from == Path::From::row) return std::nullopt;
    const auto kind = kind_of(path->field);
    if (!kind || (*kind != FactKind::code && *kind != FactKind::truth)) return std::nullopt;
    Atom atom(Test::code_among);
    for (const Value* value : *values) {
      const auto code = value_of(*value, *kind);
      if (!code) return std::nullopt;
      atom.values.push_back(*code);
    }
    tidy(atom.values);
    if (path->from != Path::From::local) {
      atom.fact = layout_.add(source_of(*path, *kind));
      const auto bits = atom.values.size() > 1 ? layout_.add_bits(atom.fact, atom.values) : std::nullopt;
      if (bits) std::tie(atom.other_fact, atom.bits) = *bits;
    }
    atom.share = expected_share(path->field, *kind, atom.values.size());
    return atom;
  }
  const CodeSet* set = set_of(*e.args[1]);
  const auto path = path_of(of);
  if (set == nullptr || !path || path->from != Path::From::element || path->field == nullptr) return std::nullopt;
  const FieldKind kind = path->field->kind;
  if (kind != FieldKind::string && kind != FieldKind::hs && (kind != FieldKind::free || path->key.empty())) return std::nullopt;
  Atom atom(Test::on_list);
  atom.values = {vocabulary_.lists.add(*set, vocabulary_.dictionary)};
  atom.fact = layout_.add(source_of(*path, FactKind::lists));
  atom.share = expected_share(path->field, FactKind::lists, set->elements().size());
  return atom;
}

std::optional<Atom> ConditionCompiler::under(const Expr& e) {
  const auto path = path_of(*e.args[0]);
  if (!path || path->from != Path::From::element || path->field == nullptr || path->field->kind != FieldKind::hs) return std::nullopt;
  if (const CodeSet* set = set_of(*e.args[1])) {
    const auto number = vocabulary_.lists.add_prefixes(*set);
    if (!number) return std::nullopt;
    Atom atom(Test::on_list);
    atom.values = {*number};
    atom.fact = layout_.add(source_of(*path, FactKind::prefix_lists));
    atom.share = expected_share(path->field, FactKind::prefix_lists, set->elements().size());
    return atom;
  }
  Atom atom(Test::prefix_among);
  if (const auto row = path_of(*e.args[1]); row && row->from == Path::From::row) {
    const auto column = column_of(*row, ColumnForm::prefix);
    if (!column) return std::nullopt;
    atom.column = *column;
    atom.share = expected_share_of_prefixes({prefix_key(4, 0)});
  } else {
    auto prefixes = constants_of(*e.args[1]);
    if (const Value* one = constant_of(*e.args[1])) prefixes = {one};
    if (!prefixes) return std::nullopt;
    for (const Value* prefix : *prefixes) {
      const auto text = text_of(*prefix);
      if (!text || !is_commodity_code(*text)) return std::nullopt;
      atom.values.push_back(prefix_key(text->size(), digits_of(*text)));
    }
    tidy(atom.values);
    atom.share = expected_share_of_prefixes(atom.values);
  }
  atom.fact = layout_.add(source_of(*path, FactKind::prefixes));
  return atom;
}

/// The day of lists.table.hasOn(day, …): as_of, a constant or a field.
bool ConditionCompiler::read_row_day(const Expr& e, FactSource& source) const {
  if (const Value* constant = constant_of(e)) {
    const auto* day = constant->get_if<Date>();
    if (day == nullptr) return false;
    source.row_days = RowDays::given;
    source.row_day = *day;
    return true;
  }
  const auto path = path_of(e);
  if (!path || path->from != Path::From::element || kind_of(path->field) != FactKind::day) return false;
  if (path->field == nullptr) return true;
  source.row_days = RowDays::given;
  source.row_day = FactPath{path->variable, path->members};
  source.variable = std::max(source.variable, path->variable);
  return true;
}

/// lists.table.has(field, …) and its like: whether there is a row.
std::optional<Atom> ConditionCompiler::row_there(const Expr& e) {
  const Value* constant = constant_of(*e.args[0]);
  const auto* opaque = constant == nullptr ? nullptr : constant->get_if<cel::OpaqueValue>();
  if (opaque == nullptr || opaque->data == nullptr) return std::nullopt;
  const Table& table = static_cast<const TableBinding*>(opaque->data)->table();
  FactSource source;
  source.kind = FactKind::row_there;
  source.table = &table;
  if (e.name == "hasEver") source.row_days = RowDays::ever;
  if (e.name == "hasOn" && !read_row_day(*e.args[1], source)) return std::nullopt;
  const std::size_t before_key = e.name == "hasOn" ? 2 : 1;
  for (std::size_t i = before_key; i < e.args.size(); ++i) {
    const auto path = path_of(*e.args[i]);
    if (!path || path->from != Path::From::element || path->field == nullptr) return std::nullopt;
    const ColumnType column = table.columns()[i - before_key].type;
    const bool code = column == ColumnType::hs && path->field->kind == FieldKind::hs;
    const bool text = (column == ColumnType::string || column == ColumnType::country) && path->field->kind == FieldKind::string;
    if (!code && !text) return std::nullopt;
    source.row_key.push_back({path->variable, path->members});
    source.variable = std::max(source.variable, path->variable);
  }
  Atom atom(Test::code_among);
  atom.values = {Dictionary::yes};
  atom.fact = layout_.add(std::move(source));
  atom.share = expected_share(nullptr, FactKind::row_there, 1);
  return atom;
}

/// array.exists(x, x.member == "A" || x.member in ["B", "C"]): the array's codes have one of these.
std::optional<Atom> ConditionCompiler::exists(const Expr& e) {
  if (e.name != "exists" || !e.iter_var2.empty() || local_field_ != nullptr) return std::nullopt;
  const auto array = path_of(*e.args[0]);
  if (!array || array->from != Path::From::element || array->field == nullptr || array->field->kind != FieldKind::array) return std::nullopt;
  local_slot_ = e.slot + 1;
  local_field_ = array->field->element.get();
  std::vector<const Expr*> parts = {e.args[3]->args[1].get()};
  Atom made(Test::set_has);
  std::optional<std::vector<const Field*>> members;
  bool fits = true;
  for (std::size_t i = 0; i < parts.size() && fits; ++i) {
    const Expr& part = *parts[i];
    if (part.kind == ExprKind::call && part.form == Form::logical_or) {
      parts.push_back(part.args[0].get());
      parts.push_back(part.args[1].get());
      continue;
    }
    const bool asks = part.kind == ExprKind::call && part.args.size() == 2 && (part.form == Form::equals || part.name == cel::operators::in);
    const auto path = asks ? path_of(*part.args[0]) : std::nullopt;
    fits = path && path->from == Path::From::local && kind_of(path->field) == FactKind::code && path->key.empty() &&
           (!members || *members == path->members);
    const auto atom = fits ? atom_of(part) : std::nullopt;
    fits = atom && atom->test == Test::code_among && (made.column < 0 && (atom->column < 0 || parts.size() == 1));
    if (!fits) break;
    members = path->members;
    made.column = atom->column;
    made.values.insert(made.values.end(), atom->values.begin(), atom->values.end());
  }
  local_slot_ = -1;
  local_field_ = nullptr;
  if (!fits || !members) return std::nullopt;
  tidy(made.values);
  FactSource source = source_of(*array, FactKind::codes);
  source.element_members = *members;
  made.fact = layout_.add(std::move(source));
  made.share = expected_share(nullptr, FactKind::codes, made.values.size());
  return made;
}

const Field* ConditionCompiler::field_of_variable(std::size_t variable) const noexcept {
  if (variable == declaration_variable) return &root_;
  if (variable < first_element_variable) return nullptr;
  return each_.arrays[variable - first_element_variable]->element.get();
}

std::optional<ConditionCompiler::Path> ConditionCompiler::path_of(const Expr& e) const {
  if (e.kind == ExprKind::ident) {
    Path path;
    if (e.binding == cel::Binding::local && e.slot == local_slot_) {
      path.from = Path::From::local;
      path.field = local_field_;
      return path;
    }
    if (e.binding != cel::Binding::global) return std::nullopt;
    path.variable = static_cast<std::size_t>(e.slot);
    if (criterion_->rows != nullptr && path.variable == row_variable_) {
      path.from = Path::From::row;
      path.column = Table::no_row;
      return path;
    }
    path.field = field_of_variable(path.variable);
    return path;
  }
  if (e.kind != ExprKind::select || e.optional || e.test_only) return std::nullopt;
  auto owner = path_of(*e.args[0]);
  return owner ? member_of(*std::move(owner), e) : std::nullopt;
}

std::optional<ConditionCompiler::Path> ConditionCompiler::member_of(Path owner, const Expr& e) const {
  if (owner.from == Path::From::row) {
    if (owner.column != Table::no_row || e.slot < 0) return std::nullopt;
    owner.column = static_cast<std::size_t>(e.slot);
    return owner;
  }
  if (owner.field == nullptr || !owner.key.empty()) return std::nullopt;
  if (owner.field->kind == FieldKind::free) {
    owner.key = e.name;
    return owner;
  }
  if (owner.field->kind != FieldKind::object || e.slot < 0) return std::nullopt;
  owner.field = owner.field->members[static_cast<std::size_t>(e.slot)].get();
  owner.members.push_back(owner.field);
  return owner;
}

FactSource ConditionCompiler::source_of(const Path& path, FactKind kind) const {
  FactSource source;
  source.kind = kind;
  source.variable = path.variable;
  source.members = path.members;
  source.key = path.key;
  return source;
}

std::optional<std::int32_t> ConditionCompiler::column_of(const Path& row, ColumnForm form) {
  if (row.column == Table::no_row) return std::nullopt;
  return vocabulary_.columns_of(criterion_->rows->table()).add(row.column, form, vocabulary_.dictionary);
}

}  // namespace greenlane::criteria
