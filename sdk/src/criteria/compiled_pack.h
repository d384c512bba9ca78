// A pack ready for work: every expression checked and costed, every path resolved. Immutable; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cel/expression.h"
#include "criteria/document_binding.h"
#include "criteria/language.h"
#include "criteria/pack_model.h"
#include "criteria/reference_list.h"
#include "document/document.h"
#include "greenlane/result.h"

namespace greenlane::criteria {

/// Places of variables among the variables of every expression.
inline constexpr std::size_t declaration_variable = 0;
inline constexpr std::size_t as_of_variable = 1;
inline constexpr std::size_t first_element_variable = 2;

/// What a criterion is evaluated over: the arrays on the way to its elements, outermost first; none for
/// the declaration itself.
struct EachPath {
  std::string path;
  std::vector<const document::Field*> arrays;
};

/// A field that a finding points to: a variable that stands for a node, and the members from there.
struct PlacePath {
  std::size_t variable = 0;
  std::vector<const document::Field*> members;

  /// The field itself, for a criterion over `each`.
  const document::Field& field(const document::FieldTable& table, const EachPath& each) const {
    if (!members.empty()) return *members.back();
    return variable < first_element_variable ? table.root() : *each.arrays[variable - first_element_variable]->element;
  }
};

/// A message with places for values: texts[0] values[0] texts[1] … texts[n].
struct MessageTemplate {
  std::vector<std::string> texts;
  std::vector<cel::Expression> values;
};

/// A necessary condition `key == row.column` (or key.under(row.column)) by which rows are found in an index.
struct RowAccess {
  const cel::Expr* key = nullptr;
  std::size_t column = 0;
  bool by_prefix = false;
};

struct CompiledCriterion {
  Criterion source;
  std::size_t each = 0;                    ///< index into CompiledPack::each_paths()
  const TableBinding* rows = nullptr;
  std::optional<RowAccess> row_access;
  cel::Expression when;
  std::vector<PlacePath> at;
  MessageTemplate message_en;
  MessageTemplate message_zh;
  std::vector<std::optional<PlacePath>> remedies;  ///< by remedy: the field that it names
};

/// What is wrong or doubtful in a pack.
struct PackIssue {
  bool is_error = true;  ///< false: a warning
  Error error;
};

class CompiledPack {
 public:
  struct Limits {
    std::uint64_t max_cost = 10'000'000;  ///< worst case of one evaluation, in units
    std::size_t max_criteria = 100'000;
  };

  /// Compiles a pack that read_pack() read. `issues` gets every mistake and warning; null where there is
  /// a mistake. `digest` is the SHA-256 of pack_bytes().
  static std::shared_ptr<const CompiledPack> compile(PackSource source, std::string digest, std::vector<PackIssue>& issues,
                                                     const Limits& limits);
  static std::shared_ptr<const CompiledPack> compile(PackSource source, std::string digest, std::vector<PackIssue>& issues) {
    return compile(std::move(source), std::move(digest), issues, Limits{});
  }

  const PackSource& source() const noexcept { return source_; }  ///< without its criteria and lists
  const std::string& digest() const noexcept { return digest_; }
  const std::vector<CompiledCriterion>& criteria() const noexcept { return criteria_; }  ///< by id, then version
  const std::vector<EachPath>& each_paths() const noexcept { return each_paths_; }
  const DocumentBinding& binding() const noexcept { return *binding_; }
  const std::shared_ptr<const document::FieldTable>& table() const noexcept { return table_; }

 private:
  friend class PackCompiler;
  CompiledPack() = default;

  PackSource source_;
  std::string digest_;
  std::shared_ptr<const document::FieldTable> table_;
  std::unique_ptr<DocumentBinding> binding_;
  std::vector<std::unique_ptr<CodeSet>> sets_;
  std::vector<std::unique_ptr<Table>> tables_;
  std::vector<std::unique_ptr<TableBinding>> table_bindings_;
  std::shared_ptr<const cel::FunctionTable> functions_;
  std::vector<EachPath> each_paths_;
  std::vector<CompiledCriterion> criteria_;
};

}  // namespace greenlane::criteria
