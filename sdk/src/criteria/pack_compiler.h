// The work behind CompiledPack::compile.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "criteria/compiled_pack.h"

namespace greenlane::criteria {

class PackCompiler {
 public:
  PackCompiler(PackSource source, std::string digest, std::vector<PackIssue>& issues, const CompiledPack::Limits& limits);
  std::shared_ptr<const CompiledPack> run();

 private:
  bool bind_document();
  void bind_lists();
  void compile_criterion(Criterion criterion, std::size_t index);
  std::optional<std::size_t> each_path(const std::string& path);
  cel::Environment environment(const EachPath& each, const TableBinding* rows) const;
  std::optional<PlacePath> place(const std::string& path, const EachPath& each) const;
  std::optional<MessageTemplate> message(const std::string& text, const EachPath& each, const cel::Environment& env, const char* language);
  const TableBinding* table(std::string_view name) const;
  void fail(Error error) { issues_.push_back({true, std::move(error)}); }
  void fail(std::string_view member, std::string message);
  void warn(std::string message);

  std::shared_ptr<CompiledPack> pack_;
  std::vector<PackIssue>& issues_;
  CompiledPack::Limits limits_;
  std::string at_key_;      ///< "ID@VERSION" of the criterion at hand
  std::string at_pointer_;  ///< "/criteria/12"
};

/// Rules between criteria: unique versions, periods that do not overlap, what is superseded is there.
void check_versions(const std::vector<Criterion>& criteria, std::vector<PackIssue>& issues);

/// A conjunct of `when` that finds rows by one column, if there is one.
std::optional<RowAccess> find_row_access(const cel::Expr& when, int row_slot, const Table& table);

}  // namespace greenlane::criteria
