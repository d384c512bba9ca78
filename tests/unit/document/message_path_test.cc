#include "document/message_path.h"

#include <gtest/gtest.h>

namespace greenlane::document {
namespace {

/// <Item> with procedures 40/00 and 000, a mass in kg and one without a unit.
MessageTree item() {
  MessageTreeBuilder builder(MessageTree::Syntax::xml);
  const auto leaf = [&](const char* name, const char* text) {
    builder.open(name, "", 1);
    builder.append_text(text);
    builder.close();
  };
  builder.open("Item", "", 1);
  builder.open("Procedure", "", 1);
  leaf("Current", "40");
  leaf("Previous", "00");
  builder.close();
  builder.open("Procedure", "", 1);
  leaf("Current", "000");
  builder.close();
  builder.open("Mass", "", 1);
  builder.attribute("unitCode", "", "KGM");
  builder.append_text("12");
  builder.close();
  leaf("Mass", "13");
  builder.close();
  return builder.take();
}

std::vector<std::string> texts(std::string_view path, std::size_t* looked_at = nullptr) {
  const MessageTree tree = item();
  const auto parsed = MessagePath::parse(path, MessageTree::Syntax::xml, {});
  if (!parsed) return {parsed.error().message};
  std::vector<std::uint32_t> found;
  std::vector<std::uint32_t> looked;
  parsed->find(tree, 0, found, looked);
  if (looked_at != nullptr) *looked_at = looked.size();
  std::vector<std::string> result;
  for (const std::uint32_t element : found) result.emplace_back(tree.text(element));
  return result;
}

using Texts = std::vector<std::string>;

TEST(MessagePath, ChoosesElementsByWhatTheyHold) {
  std::size_t looked_at = 0;
  EXPECT_EQ(texts("Procedure/Current"), (Texts{"40", "000"}));
  EXPECT_EQ(texts("Procedure[Current='000']/Current", &looked_at), Texts{"000"});
  EXPECT_EQ(looked_at, 1U);
  EXPECT_EQ(texts("Mass[@unitCode='KGM']"), Texts{"12"});
}

TEST(MessagePath, ChoosesElementsByWhetherTheyHoldAChild) {
  std::size_t looked_at = 0;
  EXPECT_EQ(texts("Procedure[Previous]/Current", &looked_at), Texts{"40"});
  EXPECT_EQ(texts("Procedure[not(Previous)]/Current"), Texts{"000"});
  EXPECT_EQ(texts("Mass[not(@unitCode)]"), Texts{"13"});
  EXPECT_EQ(texts("Procedure[Previous][not(Current)]/Previous"), Texts{});
  // That something is there does not say that it has been read.
  EXPECT_EQ(looked_at, 0U);
}

TEST(MessagePath, RefusesConditionsThatAreNone) {
  for (const char* path : {"A[", "A[]", "A[B", "A[B=", "A[B='", "A[B=']", "A[B='1'", "A[not(B]", "A[not(B)", "A[not(B='1')]", "A[not()]", "A[B]]", "A)"}) {
    EXPECT_FALSE(MessagePath::parse(path, MessageTree::Syntax::xml, {}).ok()) << path;
  }
}

}  // namespace
}  // namespace greenlane::document
