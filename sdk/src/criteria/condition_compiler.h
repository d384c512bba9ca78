// From the checked condition of a criterion to tests of facts.
#pragma once

#include <optional>
#include <vector>

#include "criteria/compiled_pack.h"
#include "criteria/condition.h"
#include "criteria/fact_vocabulary.h"
#include "criteria/facts.h"

namespace greenlane::criteria {

/// Compiles conditions over one each-path. The facts they need go into `layout`.
class ConditionCompiler {
 public:
  ConditionCompiler(const document::Field& root, const EachPath& each, FactVocabulary& vocabulary, FactLayout& layout);

  Condition compile(const CompiledCriterion& criterion);

 private:
  /// A chain of members from a variable, from the row, or from the variable of a quantifier.
  struct Path {
    enum class From : std::uint8_t { element, row, local } from = From::element;
    std::size_t variable = 0;                       ///< of an element
    std::vector<const document::Field*> members;
    std::string key;                                ///< below a free field
    std::size_t column = 0;                         ///< of a row
    const document::Field* field = nullptr;         ///< of the last member; null for as_of and for a row
  };

  Condition convert(const cel::Expr& e, bool negated);
  Condition joined(const cel::Expr& e, Condition::Kind kind, bool negated);
  std::optional<Atom> atom_of(const cel::Expr& e);
  std::optional<Atom> presence(const cel::Expr& e);
  std::optional<Atom> truth(const cel::Expr& e);
  std::optional<Atom> equality(const cel::Expr& a, const cel::Expr& b);
  std::optional<Atom> order(const cel::Expr& e);
  std::optional<Atom> among(const cel::Expr& e);
  std::optional<Atom> under(const cel::Expr& e);
  std::optional<Atom> row_there(const cel::Expr& e);
  bool read_row_day(const cel::Expr& e, FactSource& source) const;
  std::optional<Atom> exists(const cel::Expr& e);
  std::optional<Atom> compared(const Path& path, const cel::Expr& with);
  std::optional<Atom> ordered(const Path& path, const cel::Expr& with, bool at_least, bool strictly);
  std::optional<Atom> facts_compared(Test test, const Path& a, const Path& b);

  std::optional<Path> path_of(const cel::Expr& e) const;
  std::optional<Path> member_of(Path owner, const cel::Expr& e) const;
  const document::Field* field_of_variable(std::size_t variable) const noexcept;
  FactSource source_of(const Path& path, FactKind kind) const;
  std::optional<std::int32_t> column_of(const Path& row, ColumnForm form);
  /// What a constant is among the values of a fact of this kind; nullopt where it is never equal in form.
  std::optional<std::uint64_t> value_of(const cel::Value& constant, FactKind kind);

  const document::Field& root_;
  const EachPath& each_;
  FactVocabulary& vocabulary_;
  FactLayout& layout_;
  const CompiledCriterion* criterion_ = nullptr;
  std::size_t row_variable_;
  int local_slot_ = -1;                              ///< of the quantifier being compiled
  const document::Field* local_field_ = nullptr;     ///< of its elements
};

}  // namespace greenlane::criteria
