// Finds rows by an index where the condition allows it, so that a table costs what matches and not what it holds.
#include "criteria/pack_compiler.h"

namespace greenlane::criteria {
namespace {

using cel::Expr;
using cel::ExprKind;

bool mentions_row(const Expr& e, int row_slot) {
  if (e.kind == ExprKind::ident && e.binding == cel::Binding::global && e.slot == row_slot) return true;
  for (const auto& arg : e.args) {
    if (mentions_row(*arg, row_slot)) return true;
  }
  return false;
}

/// The column of `row.column`, or no_row.
std::size_t row_column(const Expr& e, int row_slot) {
  const bool column = e.kind == ExprKind::select && !e.test_only && !e.optional && e.slot >= 0 &&
                      e.args[0]->kind == ExprKind::ident && mentions_row(*e.args[0], row_slot);
  return column ? static_cast<std::size_t>(e.slot) : Table::no_row;
}

std::optional<RowAccess> access_of(const Expr& conjunct, int row_slot, const Table& table) {
  if (conjunct.kind != ExprKind::call || conjunct.args.size() != 2) return std::nullopt;
  const bool equality = conjunct.name == cel::operators::equals;
  const bool under = conjunct.name == "under" && conjunct.member;
  if (!equality && !under) return std::nullopt;
  for (const std::size_t side : {std::size_t{1}, std::size_t{0}}) {
    if (under && side == 0) break;
    const std::size_t column = row_column(*conjunct.args[side], row_slot);
    const Expr& key = *conjunct.args[1 - side];
    if (column == Table::no_row || mentions_row(key, row_slot)) continue;
    return RowAccess{&key, column, under && table.columns()[column].type == ColumnType::hs};
  }
  return std::nullopt;
}

}  // namespace

std::optional<RowAccess> find_row_access(const Expr& when, int row_slot, const Table& table) {
  if (when.kind == ExprKind::call && when.form == cel::Form::logical_and) {
    auto left = find_row_access(*when.args[0], row_slot, table);
    return left ? left : find_row_access(*when.args[1], row_slot, table);
  }
  return access_of(when, row_slot, table);
}

}  // namespace greenlane::criteria
