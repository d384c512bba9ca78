#include "document/field_table.h"

#include <gtest/gtest.h>

#include "table_fixture.h"

namespace greenlane::document {
namespace {

using test::parsed;
using test::small_table;

std::string schema_error(std::string_view schema) {
  const auto table = FieldTable::from_schema(parsed(schema));
  return table.ok() ? "" : table.error().message;
}

TEST(FieldTable, GivesKindsByTypeAndFormat) {
  const auto table = small_table();
  const auto kind = [&](std::string_view path) { return table->find(path)->kind; };
  EXPECT_EQ(kind(""), FieldKind::object);
  EXPECT_EQ(kind("format"), FieldKind::string);
  EXPECT_EQ(kind("ordered_on"), FieldKind::date);
  EXPECT_EQ(kind("sent_at"), FieldKind::timestamp);
  EXPECT_EQ(kind("urgent"), FieldKind::boolean);
  EXPECT_EQ(kind("total"), FieldKind::decimal);
  EXPECT_EQ(kind("items"), FieldKind::array);
  EXPECT_EQ(kind("items.seq"), FieldKind::integer);
  EXPECT_EQ(kind("items.hs"), FieldKind::hs);
  EXPECT_EQ(kind("items.origin"), FieldKind::object);
  EXPECT_EQ(kind("attributes"), FieldKind::free);
}

TEST(FieldTable, KeepsAnnotationsOfThePropertyBeforeThoseOfItsDefinition) {
  const auto table = small_table();
  EXPECT_EQ(table->find("parties.buyer")->title, "Party");
  EXPECT_EQ(table->find("parties.buyer")->wco, "30A");
  EXPECT_EQ(table->find("parties.seller")->title, "Seller");
  EXPECT_EQ(table->find("number")->title_zh, "编号");
  EXPECT_EQ(table->find("total")->unit, "kg");
  EXPECT_EQ(table->find("items.hs")->codes, "HS");
  EXPECT_EQ(table->find("items")->max_size, 5u);
  EXPECT_EQ(table->find("items")->variable, "item");
  EXPECT_EQ(table->root().variable, "order");
  EXPECT_EQ(table->format(), "test.order/1");
}

TEST(FieldTable, FindsNothingOutsideTheSchema) {
  const auto table = small_table();
  for (const std::string_view path :
       {"x_any", "items.nothing", "items.", ".", "items.hs.more", "attributes.any"}) {
    EXPECT_EQ(table->find(path), nullptr) << path;
  }
}

TEST(FieldTable, PathsLeadBackToTheirField) {
  const auto table = small_table();
  for (const std::string_view path :
       {"", "parties.buyer.id", "items", "items.origin.region_id", "items.refs"}) {
    EXPECT_EQ(table->find(path)->path(), path);
  }
  EXPECT_EQ(nearest_member(*table->find("items")->element, "net_kgs"), "net_kg");
  EXPECT_EQ(nearest_member(table->root(), "wholly_different"), "");
}

TEST(FieldTable, SlotsFollowTheSchema) {
  const auto table = small_table();
  for (std::size_t i = 0; i < table->root().members.size(); ++i) {
    const Field& member = *table->root().members[i];
    EXPECT_EQ(member.slot, i);
    EXPECT_EQ(table->root().member(member.name), &member);
  }
}

TEST(FieldTable, RefusesSchemasThatAreNoDocumentType) {
  EXPECT_NE(schema_error(R"({"type": "string"})"), "");
  EXPECT_NE(schema_error(R"({"properties": {"a": {"type": "number"}}})"), "");
  EXPECT_NE(schema_error(R"({"properties": {"a": {"type": ["string", "integer"]}}})"), "");
  EXPECT_NE(schema_error(R"({"x-id": ["b"], "properties": {"a": {"type": "string"}}})"), "");
  EXPECT_NE(schema_error(R"({"x-as-of": ["a"], "properties": {"a": {"type": "string"}}})"), "");
  const std::string recursive =
      schema_error(R"({"properties": {"a": {"$ref": "#/definitions/n"}}, "definitions":
      {"n": {"type": "object", "properties": {"more": {"$ref": "#/definitions/n"}}}}})");
  EXPECT_EQ(recursive, "schema of \"a.more\": the field holds itself");
}

TEST(FieldTable, SeesThroughNullableWrappings) {
  const auto table =
      FieldTable::from_schema(parsed(R"({"properties": {"a": {"anyOf": [{"$ref": "#/definitions/d"},
      {"type": "null"}], "title": "A"}}, "definitions": {"d": {"type": "string", "format": "date"}}})"));
  ASSERT_TRUE(table.ok());
  EXPECT_EQ((*table)->find("a")->kind, FieldKind::date);
  EXPECT_EQ((*table)->find("a")->title, "A");
}

}  // namespace
}  // namespace greenlane::document
