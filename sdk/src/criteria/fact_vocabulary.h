// What the facts of one pack share.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "criteria/dictionary.h"
#include "criteria/list_membership.h"
#include "criteria/row_columns.h"

namespace greenlane::criteria {

struct FactVocabulary {
  Dictionary dictionary;
  ListMembership lists;
  std::vector<std::unique_ptr<RowColumns>> columns;  ///< of each table whose rows are looked at

  RowColumns& columns_of(const Table& table);
  std::size_t bytes() const noexcept;
};

}  // namespace greenlane::criteria
