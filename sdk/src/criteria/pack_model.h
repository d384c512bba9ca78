// A criteria pack as its authors wrote it (greenlane.criteria/1), before anything is compiled.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "greenlane/criterion.h"
#include "greenlane/date.h"

namespace greenlane::criteria {

enum class Outcome : unsigned char { clear, hit, undetermined };
std::string_view to_string(Outcome outcome) noexcept;

/// A criterion's own test.
struct CriterionTest {
  std::string name;
  std::optional<Date> as_of;
  json::Value declaration;
  Outcome expect = Outcome::clear;
  std::optional<std::vector<std::string>> missing;  ///< JSON Pointers wanted of an undetermined outcome
};

struct Criterion {
  CriterionInfo info;
  std::string supersedes;  ///< "ID@VERSION" or ""
  std::string each;        ///< path of an array, "" = the declaration
  std::string rows;        ///< name of a table, "" = none
  std::string when;
  Text message;
  std::vector<std::string> at;
  std::vector<CriterionTest> tests;
};

enum class ColumnType : unsigned char { string, country, hs, date, decimal };

struct ListColumn {
  std::string name;
  ColumnType type = ColumnType::string;
};

/// A reference list: a set (one unnamed column) or a table.
struct ListSource {
  std::string name;
  bool is_table = false;
  std::vector<ListColumn> columns;
  std::vector<json::Array> rows;  ///< strings and nulls
};

struct PackSource {
  std::string id;
  std::int64_t revision = 0;
  Text title;
  std::string authority_id;
  Text authority_name;
  std::string jurisdiction;
  std::string published_at;
  std::string utc_offset;
  std::string applies_to;  ///< format of the documents it screens
  Text notice;
  std::array<Text, 4> grading;  ///< by Level: what it means to the trader
  std::vector<ListSource> lists;
  std::vector<Criterion> criteria;
};

}  // namespace greenlane::criteria
