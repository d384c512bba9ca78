// Reads and checks mapping documents.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "document/mapping.h"

namespace greenlane::document {

class MappingReader {
 public:
  MappingReader(const json::Value& text, std::shared_ptr<const FieldTable> table);
  Result<std::shared_ptr<const Mapping>> run();

 private:
  /// The group that is being read, as its members see it.
  struct Scope {
    std::string target;          ///< before the targets in it: "" or "items[]."
    std::string instance;        ///< the same, different for each group that makes elements of its own
    std::size_t steps = 0;       ///< of `target`
    std::string place;           ///< pointer into the mapping
    std::vector<std::string> lists = {};  ///< arrays that values of this group make elements of
  };
  struct Named {
    std::string key;    ///< what may be named once
    std::string place;  ///< pointer of where it is named
    std::string target;
  };

  Result<void> read_source();
  Result<void> read_csv(const json::Value& csv);
  Result<void> read_xml(const json::Value& xml);
  Result<void> read_edifact(const json::Value& edifact);
  Result<void> read_texts(const json::Value& source, const std::string& place);
  Result<void> read_group(const json::Value& text, Scope scope, MappedGroup& group);
  Result<void> read_member(const json::Value& entry, const std::string& place, Scope& scope, MappedGroup& group);
  Result<void> read_inner(const json::Value& entry, const std::string& place, const Scope& scope, MappedGroup& group);
  Result<void> read_field(const json::Value& entry, const std::string& place, Scope& scope, MappedGroup& group);
  Result<void> read_constant(const json::Value& entry, const std::string& place, const Scope& scope, MappedGroup& group);
  Result<void> read_ignored(const json::Value& text, const std::string& place, MappedGroup& group);
  Result<std::vector<MessagePath>> read_paths(const json::Value& entry, const std::string& place);
  Result<MessagePath> read_path(std::string_view text, const std::string& place) const;
  Result<void> renew(const Target& target, const std::vector<std::size_t>& slots, const std::string& place, Scope& scope,
                     std::size_t& renewed);
  Result<void> check_targets() const;
  bool of_messages() const noexcept { return mapping_->source_ != Mapping::Source::csv; }
  MessageTree::Syntax syntax() const noexcept { return mapping_->source_ == Mapping::Source::edifact ? MessageTree::Syntax::edifact : MessageTree::Syntax::xml; }

  const json::Value& text_;
  std::shared_ptr<Mapping> mapping_;
  std::vector<Named> targets_;
  std::size_t instances_ = 0;
};

}  // namespace greenlane::document
