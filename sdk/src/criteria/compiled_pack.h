// A pack ready for work: every expression checked and costed, every path resolved. Immutable; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cel/expression.h"
#include "criteria/criteria_index.h"
#include "criteria/document_binding.h"
#include "criteria/fact_vocabulary.h"
#include "criteria/facts.h"
#include "criteria/language.h"
#include "criteria/pack_model.h"
#include "criteria/place_path.h"
#include "criteria/reference_list.h"
#include "document/document.h"
#include "document/projection.h"
#include "greenlane/result.h"

namespace greenlane::criteria {

struct MessageValue {
  cel::Expression expression;
  std::optional<PlacePath> field;  ///< where it is nothing but a field
};

/// A message with places for values: texts[0] values[0] texts[1] … texts[n].
struct MessageTemplate {
  std::vector<std::string> texts;
  std::vector<MessageValue> values;
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
  /// Lists that are noted by whatever makes the criterion hit; none where that takes another look.
  std::optional<std::vector<const std::string*>> lists_of_hit;
  cel::Expression when;
  std::vector<PlacePath> at;
  MessageTemplate message_en;
  MessageTemplate message_zh;
  std::vector<std::optional<PlacePath>> remedies;  ///< by remedy: the field that it names
};

/// The index of the criteria over one each-path, and the facts it looks at.
struct ElementIndex {
  FactLayout layout;
  std::optional<FactReader> reader;
  std::optional<CriteriaIndex> index;  ///< none where no criterion goes over the path
};

/// What is wrong or doubtful in a pack.
struct PackIssue {
  bool is_error = true;  ///< false: a warning
  Error error;
};

class CompiledPack {
 public:
  struct Limits {
    std::uint64_t max_cost = 15'000'000;  ///< worst case of one evaluation, in units
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
  /// The fields that its criteria look at.
  const document::Projection& fields_read() const noexcept { return *fields_read_; }
  /// By each-path.
  const std::vector<std::unique_ptr<ElementIndex>>& indexes() const noexcept { return indexes_; }
  /// Criteria in force on the day, by domain.
  const std::array<std::uint32_t, domains.size()>& in_force(Date day) const noexcept;
  /// Bytes of the indexes and of what they share, beside the pack itself.
  std::size_t index_bytes() const noexcept;
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
  std::optional<document::Projection> fields_read_;
  FactVocabulary vocabulary_;
  std::vector<std::unique_ptr<ElementIndex>> indexes_;
  /// From a day until the next entry's: criteria in force.
  std::vector<std::pair<Date, std::array<std::uint32_t, domains.size()>>> in_force_;
};

}  // namespace greenlane::criteria
