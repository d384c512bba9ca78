#include <gtest/gtest.h>

#include <thread>
#include <vector>

#include "document/builtin_schemas.h"
#include "document/compiled_schema.h"
#include "document/document.h"
#include "table_fixture.h"

namespace greenlane::document {
namespace {

std::shared_ptr<const FieldTable> declaration() { return builtin_table("greenlane.declaration/1").value(); }

TEST(BuiltinSchemas, AllCompile) {
  EXPECT_FALSE(builtin_schemas().empty());
  for (const BuiltinSchema& schema : builtin_schemas()) {
    const json::Value* tree = builtin_schema(schema.format);
    ASSERT_NE(tree, nullptr) << schema.format;
    const auto compiled = CompiledSchema::compile(*tree);
    EXPECT_TRUE(compiled.ok()) << schema.format << ": " << (compiled.ok() ? "" : compiled.error().to_text());
  }
}

TEST(BuiltinSchemas, UnknownFormatsAreErrors) {
  EXPECT_EQ(builtin_schema("greenlane.nothing/1"), nullptr);
  EXPECT_EQ(builtin_table("greenlane.nothing/1").error().code, ErrorCode::not_found);
}

TEST(BuiltinSchemas, TablesAreMadeOnceForAllThreads) {
  std::vector<std::shared_ptr<const FieldTable>> tables(8);
  std::vector<std::thread> threads;
  for (auto& table : tables) threads.emplace_back([&table] { table = declaration(); });
  for (auto& thread : threads) thread.join();
  for (const auto& table : tables) EXPECT_EQ(table, tables.front());
}

TEST(Declaration, HasTheFieldsThatCriteriaRead) {
  const auto table = declaration();
  const auto kind = [&](std::string_view path) {
    const Field* field = table->find(path);
    EXPECT_NE(field, nullptr) << path;
    return field == nullptr ? FieldKind::free : field->kind;
  };
  EXPECT_EQ(kind("items.hs"), FieldKind::hs);
  EXPECT_EQ(kind("items.origin.region_id"), FieldKind::string);
  EXPECT_EQ(kind("items.measure.net_kg"), FieldKind::decimal);
  EXPECT_EQ(kind("items.packages"), FieldKind::array);
  EXPECT_EQ(kind("items.manufacturer.registered_on"), FieldKind::date);
  EXPECT_EQ(kind("items.gmo"), FieldKind::boolean);
  EXPECT_EQ(kind("totals.items"), FieldKind::integer);
  EXPECT_EQ(kind("accepted_at"), FieldKind::timestamp);
  EXPECT_EQ(kind("attributes"), FieldKind::free);
  EXPECT_EQ(table->root().variable, "declaration");
  EXPECT_EQ(table->find("items")->variable, "item");
}

TEST(Declaration, PointsIntoTheWcoDataModel) {
  const auto document = Document::parse(declaration(), R"({"format": "greenlane.declaration/1", "items": [
      {"hs": "0307220000", "origin": {"country_code": "JP", "region_id": "JP-13"}}]})")
                            .value();
  EXPECT_EQ(wco_pointer(*document->at_pointer("/items/0/hs")), "42A/67A/68A[1]/23A/21A#145");
  EXPECT_EQ(wco_pointer(*document->at_pointer("/items/0/origin/region_id")), "42A/67A/68A[1]/92A#066");
}

/// Every leaf that a person or a program meets needs its words.
void expect_titles(const Field& field) {
  for (const auto& member : field.members) {
    EXPECT_FALSE(member->title.empty()) << member->path();
    EXPECT_FALSE(member->title_zh.empty()) << member->path();
    expect_titles(*member);
  }
  if (field.element != nullptr) {
    if (field.element->kind == FieldKind::object) {
      EXPECT_FALSE(field.variable.empty()) << field.path();
    }
    expect_titles(*field.element);
  }
}

TEST(Declaration, EveryFieldHasTitlesAndEveryArrayOfObjectsAVariable) {
  expect_titles(declaration()->root());
}

}  // namespace
}  // namespace greenlane::document
