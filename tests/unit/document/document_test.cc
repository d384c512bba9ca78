#include "document/document.h"

#include <gtest/gtest.h>

#include "table_fixture.h"

namespace greenlane::document {
namespace {

using test::order;
using test::small_table;

std::unique_ptr<Document> read(std::string_view members) {
  return Document::parse(small_table(), order(members)).value();
}

TEST(Document, TypesItsValues) {
  const auto document =
      read(R"("total": "12.50", "ordered_on": "2025-06-29", "sent_at": "2025-06-29T00:00:00.5+08:00")");
  EXPECT_EQ(document->find("total")->decimal, *Decimal::parse("12.5"));
  EXPECT_EQ(document->find("ordered_on")->date, *Date::parse("2025-06-29"));
  EXPECT_EQ(document->find("sent_at")->seconds, 1'751'126'400);
  EXPECT_EQ(document->find("sent_at")->nanos, 500'000'000);
}

TEST(Document, TellsAbsentFromNull) {
  const auto document = read(R"("total": null)");
  ASSERT_NE(document->find("total"), nullptr);
  EXPECT_TRUE(document->find("total")->is_null());
  EXPECT_EQ(document->find("number"), nullptr);
  EXPECT_EQ(document->find("parties.buyer.id"), nullptr);
  EXPECT_EQ(document->find("no_such_field"), nullptr);
}

TEST(Document, KeepsFreeKeysInItsJsonOnly) {
  const auto document = read(R"("x_own": 1, "attributes": {"a": 2}, "number": "7")");
  EXPECT_NE(document->json().find("x_own"), nullptr);
  EXPECT_EQ(document->at_pointer("/x_own"), nullptr);
  EXPECT_NE(document->at_pointer("/attributes"), nullptr);
  EXPECT_EQ(document->at_pointer("/attributes/a"), nullptr);
}

TEST(Document, IdentifiesItselfByTheFirstIdThatIsDeclared) {
  EXPECT_EQ(read(R"("number": "7", "parties": {"buyer": {"id": "B"}})")->id(), "7");
  EXPECT_EQ(read(R"("number": null, "parties": {"buyer": {"id": "B"}})")->id(), "B");
  EXPECT_EQ(read("")->id(), "");
}

TEST(Document, TakesItsDateFromTheFirstDateThatIsDeclared) {
  EXPECT_EQ(read(R"("ordered_on": "2025-01-02", "sent_at": "2024-01-01T00:00:00Z")")->as_of(),
            Date::parse("2025-01-02"));
  EXPECT_EQ(read(R"("sent_at": "2024-01-01T00:30:00+08:00")")->as_of(), Date::parse("2024-01-01"));
  EXPECT_EQ(read("")->as_of(), std::nullopt);
}

TEST(Document, FindsNodesByPointer) {
  const auto document = read(R"("items": [{}, {"origin": {"region_id": "JP-13"}, "refs": ["a", "b"]}])");
  const Node* region = document->at_pointer("/items/1/origin/region_id");
  ASSERT_NE(region, nullptr);
  EXPECT_EQ(pointer(*region), "/items/1/origin/region_id");
  EXPECT_EQ(document->at_pointer(""), &document->root());
  EXPECT_EQ(pointer(document->root()), "");
  for (const std::string_view bad :
       {"/", "items", "/items/2", "/items/01", "/items/-", "/items/x", "/items/1/", "/~"}) {
    EXPECT_EQ(document->at_pointer(bad), nullptr) << bad;
  }
}

TEST(Document, GivesWcoPointers) {
  const auto document = read(R"("number": "7", "total": "1", "parties": {"buyer": {"id": "B"}}, "items": [{},
      {"hs": "0307", "seq": 2, "origin": {"region_id": "JP-13"}, "refs": ["a", "b"], "quantities": [{"value": "1"}]}])");
  const auto wco = [&](std::string_view place) { return wco_pointer(*document->at_pointer(place)); };
  EXPECT_EQ(wco(""), "42A");
  EXPECT_EQ(wco("/number"), "42A#D014");
  EXPECT_EQ(wco("/parties/buyer/id"), "42A/30A#R014");
  EXPECT_EQ(wco("/items"), "42A/67A/68A");
  EXPECT_EQ(wco("/items/1"), "42A/67A/68A[2]");
  EXPECT_EQ(wco("/items/1/hs"), "42A/67A/68A[2]/23A/21A#145");
  EXPECT_EQ(wco("/items/1/origin/region_id"), "42A/67A/68A[2]/92A#066");
  EXPECT_EQ(wco("/items/1/refs/1"), "42A/67A/68A[2]/23A/31B[2]#006");
  EXPECT_EQ(wco("/items/1/seq"), "");
  EXPECT_EQ(wco("/items/1/quantities/0/value"), "") << "the array has no class to number";
}

TEST(Document, GivesPointersOfWhatIsNotDeclared) {
  const auto document = read(R"("items": [{"origin": {}}])");
  const Node& origin = *document->at_pointer("/items/0/origin");
  const Field& region = *origin.field->member("region_id");
  EXPECT_EQ(pointer(origin, region), "/items/0/origin/region_id");
  EXPECT_EQ(wco_pointer(origin, region), "42A/67A/68A[1]/92A#066");
  EXPECT_EQ(wco_pointer(document->root(), *document->table().root().member("items")), "42A/67A/68A");
}

TEST(Document, ReportsJsonErrorsWithLineAndColumn) {
  const auto document = Document::parse(small_table(), "{\n  \"format\": tru}");
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().code, ErrorCode::invalid_json);
  EXPECT_EQ(document.error().line, 2u);
}

}  // namespace
}  // namespace greenlane::document
