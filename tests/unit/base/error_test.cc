#include <gtest/gtest.h>

#include "greenlane/result.h"

namespace greenlane {
namespace {

TEST(Error, SpellsItsCodesAsInDocuments) {
  EXPECT_EQ(to_string(ErrorCode::invalid_row), "invalid_row");
  EXPECT_EQ(to_string(ErrorCode::internal), "internal");
  EXPECT_EQ(to_string(static_cast<ErrorCode>(99)), "internal");
}

TEST(Error, LeavesOutWhatIsNotKnown) {
  Error error;
  error.message = "value is wrong";
  EXPECT_EQ(error.to_text(), "value is wrong");
  error.pointer = "/items/0";
  EXPECT_EQ(error.to_text(), "/items/0: value is wrong");
  error.line = 3;
  EXPECT_EQ(error.to_text(), "3: /items/0: value is wrong");
  error.column = 14;
  error.source = "a.json";
  EXPECT_EQ(error.to_text(), "a.json:3:14: /items/0: value is wrong");
  error.pointer.clear();
  EXPECT_EQ(error.to_text(), "a.json:3:14: value is wrong");
}

TEST(Result, ThrowsOnlyFromValue) {
  Result<int> good(3);
  EXPECT_EQ(good.value(), 3);
  Error error;
  error.message = "no luck";
  Result<int> bad(error);
  EXPECT_FALSE(bad.ok());
  EXPECT_THROW(bad.value(), BadResult);
  EXPECT_THROW(Result<void>(error).value(), BadResult);
  EXPECT_NO_THROW(Result<void>().value());
}

}  // namespace
}  // namespace greenlane
