// Reads and checks mapping documents.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "document/mapping.h"

namespace greenlane::document {

class MappingReader {
 public:
  MappingReader(const json::Value& text, std::shared_ptr<const FieldTable> table);
  Result<std::shared_ptr<const Mapping>> run();

 private:
  Result<void> read_csv();
  Result<void> read_fields();
  Result<void> read_constants();
  Result<void> check_targets() const;
  void note(const Target& target, std::string pointer) {
    targets_.emplace_back(target.text, std::move(pointer));
  }

  const json::Value& text_;
  std::shared_ptr<Mapping> mapping_;
  std::vector<std::pair<std::string, std::string>> targets_;  ///< with the pointer of where each is named
};

}  // namespace greenlane::document
