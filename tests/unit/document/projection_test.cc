#include "document/projection.h"

#include <gtest/gtest.h>

#include <set>

#include "document/key_table.h"
#include "table_fixture.h"

namespace greenlane::document {
namespace {

using test::small_table;

std::size_t count_numbers(const Field& field, std::set<std::uint32_t>& numbers) {
  numbers.insert(field.number);
  std::size_t count = 1;
  for (const auto& member : field.members) count += count_numbers(*member, numbers);
  if (field.element) count += count_numbers(*field.element, numbers);
  return count;
}

TEST(FieldTable, NumbersItsFieldsWithoutGaps) {
  for (const auto& table : {small_table(), builtin_table("greenlane.declaration/1").value()}) {
    std::set<std::uint32_t> numbers;
    EXPECT_EQ(count_numbers(table->root(), numbers), table->field_count());
    EXPECT_EQ(numbers.size(), table->field_count());
    EXPECT_EQ(*numbers.rbegin(), table->field_count() - 1);
  }
}

TEST(Projection, HoldsWhatIdentifiesADocument) {
  const auto table = small_table();
  const Projection fields(*table);
  for (const char* path : {"", "number", "parties", "parties.buyer", "parties.buyer.id", "ordered_on", "sent_at"}) {
    EXPECT_TRUE(fields.holds(*table->find(path))) << path;
  }
  for (const char* path : {"total", "parties.buyer.name", "parties.seller", "items", "attributes"}) {
    EXPECT_FALSE(fields.holds(*table->find(path))) << path;
  }
}

TEST(Projection, HoldsTheWayToAField) {
  const auto table = small_table();
  Projection fields(*table);
  fields.add(*table->find("items.quantities.value"));
  for (const char* path : {"items", "items.quantities", "items.quantities.value"}) {
    EXPECT_TRUE(fields.holds(*table->find(path))) << path;
  }
  EXPECT_TRUE(fields.holds(*table->find("items")->element));
  EXPECT_FALSE(fields.holds(*table->find("items.hs")));
  fields.add(*table->find("items.refs"));
  EXPECT_TRUE(fields.holds(*table->find("items.refs")->element)) << "the elements say how many there are";
  fields.add_all(*table->find("items"));
  EXPECT_TRUE(fields.holds(*table->find("items.origin.region_id")));
  EXPECT_FALSE(fields.holds(*table->find("total")));
}

TEST(KeyTable, FindsItsKeysAndNoOther) {
  const std::vector<std::string> keys = {"a", "b", "ab", "abcdefgh", "abcdefgi", "consignor_identifier_x",
                                         "consignor_identifier_y", "consignor_name_identifier", "", "甲"};
  KeyTable table;
  ASSERT_TRUE(table.build(keys));
  const auto find = [&](std::string key) {
    const std::size_t size = key.size();
    key.append(KeyTable::readable, '~');
    return table.find(key.data(), size);
  };
  for (std::uint32_t i = 0; i < keys.size(); ++i) EXPECT_EQ(find(keys[i]), i) << keys[i];
  for (const char* other : {"c", "A", "abc", "abcdefg", "abcdefghi", "consignor_identifier_z", "consignor_identifzer_x"}) {
    EXPECT_EQ(find(other), KeyTable::none) << other;
  }
  KeyTable none;
  ASSERT_TRUE(none.build({}));
  EXPECT_EQ(none.find("12345678", 0), KeyTable::none);
  KeyTable twice;
  EXPECT_FALSE(twice.build({"a", "a"}));
}

TEST(Arena, GivesZeroedMemoryAgain) {
  Arena arena;
  for (int round = 0; round < 3; ++round) {
    std::vector<std::span<std::uint64_t>> made;
    for (const std::size_t count : {1u, 3u, 0u, 1000u, 100'000u, 2u, 2000u}) {
      made.push_back(arena.make<std::uint64_t>(count));
      ASSERT_EQ(made.back().size(), count);
      for (std::uint64_t& value : made.back()) {
        ASSERT_EQ(value, 0u);
        value = made.size();
      }
    }
    for (std::size_t i = 0; i < made.size(); ++i) {
      for (const std::uint64_t value : made[i]) ASSERT_EQ(value, i + 1);
    }
    arena.clear();
  }
}

}  // namespace
}  // namespace greenlane::document
