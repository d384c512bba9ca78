#include "criteria/pack_reader.h"

#include <algorithm>

#include "document/document.h"
#include "document/schema_validator.h"

namespace greenlane::criteria {
namespace {

Text text_of(const json::Value& owner, std::string_view key) {
  const json::Value* text = owner.find(key);
  if (text == nullptr) return {};
  return {std::string(text->text("en")), std::string(text->text("zh"))};
}

std::optional<Date> date_of(const json::Value& owner, std::string_view key) {
  return Date::parse(owner.text(key));
}

Level level_of(std::string_view text) {
  if (text == "high") return Level::high;
  return text == "medium" ? Level::medium : Level::low;
}

/// A string, or lines that are joined.
std::string lines_of(const json::Value* value) {
  if (value == nullptr) return {};
  if (value->is_string()) return value->string();
  std::string all;
  for (const json::Value& line : value->array()) {
    if (!all.empty()) all += '\n';
    all += line.string();
  }
  return all;
}

const json::Array& array_of(const json::Value& owner, std::string_view key) {
  static const json::Array& none = *new json::Array;
  const json::Value* array = owner.find(key);
  return array != nullptr && array->is_array() ? array->array() : none;
}

CriterionTest read_test(const json::Value& json) {
  CriterionTest test;
  test.name = json.text("name");
  test.as_of = date_of(json, "as_of");
  test.declaration = *json.find("declaration");
  const std::string_view expect = json.text("expect");
  test.expect = expect == "hit" ? Outcome::hit : (expect == "clear" ? Outcome::clear : Outcome::undetermined);
  if (json.find("missing") != nullptr) {
    test.missing.emplace();
    for (const json::Value& pointer : array_of(json, "missing")) test.missing->push_back(pointer.string());
    std::sort(test.missing->begin(), test.missing->end());
  }
  return test;
}

Criterion read_criterion(const json::Value& json) {
  Criterion c;
  c.info.id = json.text("id");
  c.info.version = json.find("version")->integer();
  const auto domain = std::find(domains.begin(), domains.end(), json.text("domain"));
  c.info.domain = static_cast<std::size_t>(domain - domains.begin());
  c.info.level = level_of(json.text("level"));
  c.info.title = text_of(json, "title");
  for (const json::Value& basis : array_of(json, "legal_basis")) {
    c.info.legal_basis.push_back({std::string(basis.text("ref")), std::string(basis.text("uri")), basis.find("verified")->boolean()});
  }
  c.info.effective = {date_of(*json.find("effective"), "from"), date_of(*json.find("effective"), "to")};
  c.info.known_from = date_of(json, "known_from");
  c.supersedes = json.text("supersedes");
  c.each = json.text("each");
  c.rows = json.text("rows");
  c.when = lines_of(json.find("when"));
  const json::Value& finding = *json.find("finding");
  c.info.finding_code = finding.text("code");
  c.message = text_of(finding, "message");
  for (const json::Value& path : array_of(finding, "at")) c.at.push_back(path.string());
  for (const json::Value& r : array_of(json, "remedies")) {
    c.info.remedies.push_back({std::string(r.text("kind")), std::string(r.text("code")), std::string(r.text("field")), text_of(r, "text")});
  }
  for (const json::Value& test : array_of(json, "tests")) c.tests.push_back(read_test(test));
  return c;
}

ColumnType column_type(std::string_view text) {
  if (text == "hs") return ColumnType::hs;
  if (text == "country") return ColumnType::country;
  if (text == "date") return ColumnType::date;
  return text == "decimal" ? ColumnType::decimal : ColumnType::string;
}

ListSource read_list(const std::string& name, const json::Value& json) {
  ListSource list;
  list.name = name;
  list.is_table = json.find("columns") != nullptr;
  if (!list.is_table) {
    list.columns.push_back({"", column_type(json.text("type"))});
    for (const json::Value& value : array_of(json, "values")) list.rows.push_back({value});
    return list;
  }
  for (const json::Value& column : array_of(json, "columns")) {
    list.columns.push_back({std::string(column.text("name")), column_type(column.text("type"))});
  }
  for (const json::Value& row : array_of(json, "rows")) list.rows.push_back(row.array());
  return list;
}

}  // namespace

std::string_view to_string(Outcome outcome) noexcept {
  constexpr std::array<std::string_view, 3> names = {"clear", "hit", "undetermined"};
  return names[static_cast<std::size_t>(outcome)];
}

json::Limits pack_limits() noexcept {
  return {.bytes = std::size_t{64} << 20, .elements = 2'000'000, .nodes = 20'000'000};
}

Result<PackSource> read_pack(const json::Value& pack) {
  const json::Value* schema = document::builtin_schema("greenlane.criteria/1");
  if (schema == nullptr) return Error{.code = ErrorCode::internal, .message = "the schema of criteria packs is missing"};
  if (auto valid = document::validate(*schema, pack); !valid.ok()) return valid.error();
  PackSource source;
  source.id = pack.text("id");
  source.revision = pack.find("revision")->integer();
  source.title = text_of(pack, "title");
  source.authority_id = pack.find("authority")->text("id");
  source.authority_name = text_of(*pack.find("authority"), "name");
  source.jurisdiction = pack.text("jurisdiction");
  source.published_at = pack.text("published_at");
  source.utc_offset = pack.text("utc_offset");
  source.applies_to = pack.text("applies_to");
  source.notice = text_of(pack, "notice");
  if (const json::Value* grading = pack.find("grading")) {
    for (const Level level : {Level::none, Level::low, Level::medium, Level::high}) {
      source.grading[static_cast<std::size_t>(level)] = text_of(*grading, to_string(level));
    }
  }
  if (const json::Value* lists = pack.find("lists")) {
    for (const auto& [name, list] : lists->object()) source.lists.push_back(read_list(name, list));
  }
  for (const json::Value& criterion : array_of(pack, "criteria")) source.criteria.push_back(read_criterion(criterion));
  return source;
}

}  // namespace greenlane::criteria
