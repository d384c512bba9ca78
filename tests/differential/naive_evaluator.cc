#include "tests/differential/naive_evaluator.h"

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <tuple>
#include <utility>
#include <vector>

#include "base/text.h"
#include "cel/parser.h"
#include "criteria/pack_reader.h"
#include "crypto/digest.h"
#include "document/document.h"
#include "tests/differential/naive_condition.h"
#include "tests/differential/naive_places.h"

namespace greenlane::test::naive {
namespace {

using criteria::Criterion;
using criteria::ListSource;
using document::Field;
using document::FieldKind;

/// One thing that a criterion is asked about, or an array of which nobody knows what is in it.
struct Element {
  Variables variables;
  std::string missing_array;  ///< "" where there is an element
};

/// The texts around the values of a message and the values, in turn: text, value, text, …, text.
std::vector<std::string> parts_of(const std::string& message) {
  std::vector<std::string> parts(1);
  for (const char c : message) {
    if (c == '{' || c == '}') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

void parse(Pack& pack, const std::string& text) {
  std::vector<cel::Issue> issues;
  cel::ExprPtr tree = cel::parse(text, issues);
  if (!tree) throw std::logic_error("the second opinion cannot parse " + text);
  pack.parsed[text] = std::move(tree);
}

std::string name_of(const Field& array) { return array.variable.empty() ? array.name : array.variable; }

std::string shown(const Value& value, bool chinese) {
  switch (value.kind) {
    case Kind::missing:
      return chinese ? "［未申报］" : "[not declared]";
    case Kind::null:
      return chinese ? "［无］" : "[none]";
    case Kind::error:
      return "?";
    case Kind::boolean:
      return value.truth ? "true" : "false";
    case Kind::integer:
      return std::to_string(value.integer);
    case Kind::decimal:
      return value.decimal.to_string();
    case Kind::date:
      return value.date.to_string();
    case Kind::text:
    case Kind::code:
      return value.text;
    case Kind::list:
    case Kind::object:
    case Kind::row:
      break;
  }
  throw std::logic_error("the second opinion does not show groups in messages");
}

class Screening {
 public:
  Screening(const Pack& pack, const json::Value& declaration, Date as_of, Tally& tally)
      : pack_(pack),
        declaration_(declaration),
        table_(*document::builtin_table(pack.source.applies_to)),
        tally_(tally) {
    made_.as_of = as_of;
  }

  Assessment run() {
    for (const char* id : {"declaration_id", "lrn"}) {
      if (made_.declaration_id.empty()) made_.declaration_id = declaration_.text(id);
    }
    made_.declaration_digest = "sha256:" + crypto::sha256_hex(json::canonical(declaration_));
    made_.pack = pack_.identity;
    for (const Criterion& criterion : pack_.source.criteria) {
      if (criterion.info.effective.contains(made_.as_of)) ask(criterion);
    }
    return std::move(made_);
  }

 private:
  void ask(const Criterion& criterion) {
    error_.clear();
    missing_.clear();
    info_ = std::make_shared<const CriterionInfo>(criterion.info);
    const std::size_t findings = made_.findings.size();
    Coverage& coverage = made_.coverage[info_->domain];
    ++coverage.evaluated;
    for (const Element& element : elements_of(criterion)) ask_rows(criterion, element);
    if (made_.findings.size() > findings) {
      ++coverage.hit;
      made_.level = std::max(made_.level, info_->level);
    }
    if (missing_.empty() && error_.empty()) return;
    ++coverage.undetermined;
    made_.undetermined.push_back({info_, {missing_.begin(), missing_.end()}, error_});
  }

  void ask_rows(const Criterion& criterion, const Element& element) {
    if (criterion.rows.empty()) return decide(criterion, element, std::nullopt);
    const ListSource& table = list_of(criterion.rows);
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      if (!in_force(table, row, made_.as_of)) continue;
      Element with_row = element;
      with_row.variables.emplace_back("row", table_row(table, row));
      decide(criterion, with_row, row);
    }
  }

  void decide(const Criterion& criterion, const Element& element, std::optional<std::size_t> row) {
    std::set<std::string> lists;
    const Value outcome = value_of(criterion.when, element.variables, &lists);
    if (outcome.is(false)) {
      ++tally_.clears;
      return;
    }
    if (!element.missing_array.empty()) {
      missing_.insert(element.missing_array);
      ++tally_.undetermined;
      return;
    }
    if (outcome.is(true)) {
      ++tally_.hits;
      add_finding(criterion, element.variables, row, lists);
      return;
    }
    ++tally_.undetermined;
    missing_.insert(outcome.missing.begin(), outcome.missing.end());
    if (outcome.is(Kind::missing) || !error_.empty()) return;
    error_ =
        outcome.is(Kind::error) ? outcome.text : "the condition gives null, which is neither true nor false";
  }

  void add_finding(const Criterion& criterion, const Variables& variables, std::optional<std::size_t> row,
                   const std::set<std::string>& lists) {
    Finding finding;
    finding.criterion = info_;
    finding.message = {message(criterion.message.en, variables, false),
                       message(criterion.message.zh, variables, true)};
    for (const std::string& path : criterion.at)
      finding.at.push_back(place_of(path, variables, table_->root()));
    if (row) finding.row = matched(list_of(criterion.rows), *row);
    finding.lists.assign(lists.begin(), lists.end());
    made_.findings.push_back(std::move(finding));
  }

  static MatchedRow matched(const ListSource& table, std::size_t row) {
    MatchedRow made{table.name, row + 1, {}};
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const json::Value& cell = table.rows[row][c];
      made.values.emplace_back(table.columns[c].name,
                               cell.is_null() ? std::nullopt : std::optional<std::string>(cell.string()));
    }
    return made;
  }

  std::string message(const std::string& text, const Variables& variables, bool chinese) const {
    std::string out;
    const auto parts = parts_of(text);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      out += i % 2 == 0 ? parts[i] : shown(value_of(parts[i], variables, nullptr), chinese);
    }
    return out;
  }

  Value value_of(const std::string& text, const Variables& variables, std::set<std::string>* lists) const {
    return evaluate(*pack_.parsed.at(text), variables, {pack_.source, made_.as_of, lists});
  }

  const ListSource& list_of(const std::string& name) const {
    const auto& lists = pack_.source.lists;
    return *std::find_if(lists.begin(), lists.end(),
                         [&](const ListSource& list) { return list.name == name; });
  }

  std::vector<Element> elements_of(const Criterion& criterion) const {
    const Field& root = table_->root();
    std::vector<Element> elements;
    Element whole;
    whole.variables.emplace_back(name_of(root), declared(declaration_, root, ""));
    if (criterion.each.empty()) return {whole};
    const auto names = text::split(criterion.each, '.');
    descend({names.begin(), names.end()}, whole.variables.back().second, root, whole.variables, elements);
    return elements;
  }

  /// Goes down `names` from `at`, whose field is `owner`, through every element of every array on the way.
  static void descend(std::vector<std::string> names, const Value& at, const Field& owner,
                      const Variables& variables, std::vector<Element>& elements) {
    if (names.empty()) {
      elements.push_back({variables, ""});
      return;
    }
    const Value next = member(at, names.front());
    if (next.is(Kind::missing)) {
      elements.push_back({variables, *next.missing.begin()});
      const Field* field = &owner;
      for (const std::string& name : names) {
        field = field->member(name);
        if (field->kind != FieldKind::array) continue;
        elements.back().variables.emplace_back(name_of(*field), next);
        field = field->element.get();
      }
      return;
    }
    const Field& field = *owner.member(names.front());
    names.erase(names.begin());
    if (next.is(Kind::object)) return descend(std::move(names), next, field, variables, elements);
    for (const Value& element : next.elements) {
      Variables inner = variables;
      inner.emplace_back(name_of(field), element);
      descend(names, element, *field.element, inner, elements);
    }
  }

  const Pack& pack_;
  const json::Value& declaration_;
  std::shared_ptr<const document::FieldTable> table_;
  Tally& tally_;
  Assessment made_;
  // Of the criterion that is being asked.
  std::shared_ptr<const CriterionInfo> info_;
  std::set<std::string> missing_;
  std::string error_;
};

}  // namespace

Pack Pack::of(const json::Value& json, PackIdentity identity) {
  Pack pack{criteria::read_pack(json).value(), std::move(identity), {}};
  auto& all = pack.source.criteria;
  std::sort(all.begin(), all.end(), [](const Criterion& a, const Criterion& b) {
    return std::tie(a.info.id, a.info.version) < std::tie(b.info.id, b.info.version);
  });
  for (const Criterion& criterion : all) {
    parse(pack, criterion.when);
    for (const std::string* message : {&criterion.message.en, &criterion.message.zh}) {
      const auto parts = parts_of(*message);
      for (std::size_t i = 1; i < parts.size(); i += 2) parse(pack, parts[i]);
    }
  }
  return pack;
}

Result<Assessment> screen(const Pack& pack, const json::Value& declaration, std::optional<Date> as_of,
                          Tally& tally) {
  if (!as_of) as_of = Date::parse(declaration.text("declared_on"));
  if (!as_of) return Error{.code = ErrorCode::invalid_argument, .message = "there is no date to screen for"};
  return Screening(pack, declaration, *as_of, tally).run();
}

}  // namespace greenlane::test::naive
