#include "criteria/pack_indexer.h"

#include <algorithm>
#include <map>

#include "criteria/condition_compiler.h"

namespace greenlane::criteria {
namespace {

using cel::Expr;
using cel::ExprKind;

bool mentions_list(const Expr& e) {
  const auto* opaque = e.kind == ExprKind::ident && e.binding == cel::Binding::constant ? e.constant.get_if<cel::OpaqueValue>() : nullptr;
  if (opaque != nullptr && opaque->data != nullptr) return true;
  return std::any_of(e.args.begin(), e.args.end(), [](const auto& arg) { return mentions_list(*arg); });
}

/// Adds the list of a conjunct such as `code in lists.x`; false where a list is asked in any other way.
bool note_conjunct(const Expr& e, std::vector<const std::string*>& names) {
  if (e.kind == ExprKind::call && e.form == cel::Form::logical_and) return note_conjunct(*e.args[0], names) && note_conjunct(*e.args[1], names);
  const bool asks = e.kind == ExprKind::call && e.args.size() == 2 && (e.name == cel::operators::in || e.name == "under");
  const CodeSet* set = asks ? code_set_of(e.args[1]->constant) : nullptr;
  if (set == nullptr || mentions_list(*e.args[0])) return !mentions_list(e);
  names.push_back(&set->name());
  return true;
}

}  // namespace

std::optional<std::vector<const std::string*>> lists_of_hit(const Expr& when) {
  std::vector<const std::string*> names;
  if (!note_conjunct(when, names)) return std::nullopt;
  return names;
}

std::vector<std::unique_ptr<ElementIndex>> index_criteria(const document::Field& root, const std::vector<EachPath>& paths,
                                                          const std::vector<CompiledCriterion>& criteria, FactVocabulary& vocabulary) {
  std::vector<std::unique_ptr<ElementIndex>> indexes;
  std::vector<std::vector<CriteriaIndex::Source>> sources(paths.size());
  for (std::size_t each = 0; each < paths.size(); ++each) {
    indexes.push_back(std::make_unique<ElementIndex>());
    ConditionCompiler compiler(root, paths[each], vocabulary, indexes.back()->layout);
    for (std::size_t i = 0; i < criteria.size(); ++i) {
      const CompiledCriterion& criterion = criteria[i];
      if (criterion.each != each) continue;
      CriteriaIndex::Source source{.criterion = i, .effective = criterion.source.info.effective, .columns = nullptr, .condition = compiler.compile(criterion)};
      if (criterion.rows != nullptr) source.columns = &vocabulary.columns_of(criterion.rows->table());
      sources[each].push_back(std::move(source));
    }
  }
  vocabulary.lists.finish();
  for (std::size_t each = 0; each < paths.size(); ++each) {
    ElementIndex& made = *indexes[each];
    made.reader.emplace(made.layout, vocabulary.dictionary, vocabulary.lists);
    if (!sources[each].empty()) made.index.emplace(std::move(sources[each]), made.layout);
  }
  return indexes;
}

std::vector<std::pair<Date, std::array<std::uint32_t, domains.size()>>> count_in_force(const std::vector<CompiledCriterion>& criteria) {
  std::map<Date, std::array<std::int64_t, domains.size()>> changes;
  const auto first = *Date::parse("0001-01-01");
  changes[first];
  for (const CompiledCriterion& criterion : criteria) {
    const CriterionInfo& info = criterion.source.info;
    ++changes[info.effective.from.value_or(first)][info.domain];
    const auto after = info.effective.to ? info.effective.to->add_days(1) : std::nullopt;
    if (after) --changes[*after][info.domain];
  }
  std::vector<std::pair<Date, std::array<std::uint32_t, domains.size()>>> made;
  std::array<std::int64_t, domains.size()> now{};
  for (const auto& [day, change] : changes) {
    auto& counts = made.emplace_back(day, std::array<std::uint32_t, domains.size()>{}).second;
    for (std::size_t i = 0; i < domains.size(); ++i) counts[i] = static_cast<std::uint32_t>(now[i] += change[i]);
  }
  return made;
}

}  // namespace greenlane::criteria
