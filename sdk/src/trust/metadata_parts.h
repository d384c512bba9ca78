// What all kinds of metadata have in common.
#pragma once

#include <string_view>

#include "trust/json_fields.h"
#include "trust/metadata.h"

namespace greenlane::trust {

/// A file of metadata that is being read.
class MetadataText {
 public:
  /// Reads signatures and the members that each kind has; `type` is what "_type" must be.
  static Result<MetadataText> read(std::string_view role, std::string_view type, std::string_view bytes);

  const Place& body() const noexcept { return body_; }
  JsonFields& fields() noexcept { return fields_; }
  /// `made`, with the common parts, or what was wrong.
  template <typename T>
  Result<T> finish(T made) {
    if (!fields_.ok()) return fields_.error();
    static_cast<Metadata&>(made) = std::move(common_);
    return made;
  }

 private:
  explicit MetadataText(std::string_view role) : fields_(role) {}
  void read_signatures(const Place& file);
  void read_common(std::string_view type);

  JsonFields fields_;
  json::Value file_;
  Place body_{nullptr, {}};
  Metadata common_;
};

FileFacts read_file_facts(JsonFields& fields, const Place& facts);
std::optional<std::uint64_t> read_length(JsonFields& fields, const Place& owner);
Hashes read_hashes(JsonFields& fields, const Place& owner);

}  // namespace greenlane::trust
