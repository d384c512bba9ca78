// What time does to criteria, and what a wrong clock must not.
#include <gtest/gtest.h>

#include "client/freshness.h"
#include "tests/support/test_authority.h"

namespace greenlane::test {
namespace {

/// Dates of root, timestamp, snapshot and targets; now.
std::string freshness(std::string_view root, std::string_view timestamp, std::string_view snapshot, std::string_view targets, std::string_view now) {
  const std::vector<trust::RoleState> roles = {{"root", 1, time(root)}, {"timestamp", 1, time(timestamp)}, {"snapshot", 1, time(snapshot)}, {"targets", 1, time(targets)}};
  return client::freshness_of(roles, {}, time(now));
}

constexpr std::string_view day_1 = "2026-01-01T00:00:00Z", day_2 = "2026-01-02T00:00:00Z", day_3 = "2026-01-03T00:00:00Z", day_4 = "2026-01-04T00:00:00Z",
                           day_9 = "2026-01-09T00:00:00Z";

TEST(Freshness, LastsUntilTheSecondBeforeTheFirstDate) {
  EXPECT_EQ(freshness(day_9, day_2, day_9, day_9, "2026-01-01T23:59:59Z"), "fresh");
  EXPECT_EQ(freshness(day_9, day_2, day_9, day_9, day_2), "stale since 2026-01-02T00:00:00Z");
}

TEST(Freshness, IsStaleWhereTimestampOrSnapshotHaveExpiredAndExpiredWhereRootOrTargetsHave) {
  EXPECT_EQ(freshness(day_9, day_3, day_2, day_9, day_4), "stale since 2026-01-02T00:00:00Z");
  EXPECT_EQ(freshness(day_9, day_2, day_3, day_9, day_4), "stale since 2026-01-02T00:00:00Z");
  EXPECT_EQ(freshness(day_9, day_1, day_1, day_3, day_4), "expired since 2026-01-03T00:00:00Z");
  EXPECT_EQ(freshness(day_2, day_1, day_1, day_3, day_4), "expired since 2026-01-02T00:00:00Z");
  EXPECT_EQ(freshness(day_3, day_9, day_9, day_9, day_4), "expired since 2026-01-03T00:00:00Z");
}

TEST(Freshness, IsFixedWhenThePackIsLoaded) {
  TestAuthority authority;
  authority.publish("goods", 1);
  TestHome home(authority);
  ASSERT_EQ(home.updated(authority), "goods@1 activated");
  EXPECT_EQ(home.in_use("2026-01-31T23:59:59Z"), "goods@1 fresh");
  EXPECT_EQ(home.in_use("2026-02-01T00:00:00Z"), "goods@1 expired since 2026-02-01T00:00:00Z");
}

TEST(Clock, ThatIsSetBackMakesEveryDateDoubtful) {
  TestAuthority authority;
  authority.publish("goods", 1);
  TestHome home(authority);
  ASSERT_EQ(home.updated(authority, "2026-01-10T00:00:00Z"), "goods@1 activated");
  authority.publish("goods", 2);
  expect_error(home.update(authority, "2026-01-09T23:59:59Z"), ErrorCode::not_trusted, "clock suspect");
  EXPECT_EQ(home.in_use("2026-01-09T23:59:59Z"), "goods@1 clock_suspect");
  const CriteriaStatus status = home.status("2020-01-01T00:00:00Z");
  EXPECT_TRUE(status.clock_suspect);
  EXPECT_EQ(status.freshness(), "clock_suspect");
  EXPECT_EQ(status.to_do(), std::vector<std::string>{"set_clock"});
  EXPECT_FALSE(status.failed.has_value());
  EXPECT_EQ(home.updated(authority, "2026-01-10T00:00:00Z"), "goods@2 activated");
}

TEST(Clock, ThatIsTenYearsAheadLosesNothing) {
  TestAuthority authority;
  authority.publish("goods", 1);
  TestHome home(authority);
  ASSERT_EQ(home.updated(authority, "2026-01-10T00:00:00Z"), "goods@1 activated");
  expect_error(home.update(authority, "2036-01-10T00:00:00Z"), ErrorCode::not_trusted, "expired");
  EXPECT_EQ(home.in_use("2036-01-10T00:00:00Z"), "goods@1 expired since 2026-02-01T00:00:00Z");
  EXPECT_EQ(home.in_use("2026-01-10T00:00:01Z"), "goods@1 fresh");
  authority.publish("goods", 2);
  EXPECT_EQ(home.updated(authority, "2026-01-10T00:00:01Z"), "goods@2 activated");
  EXPECT_TRUE(home.status("2026-01-10T00:00:01Z").to_do().empty());
}

TEST(Clock, DatesAPackThatTheAuthorityWithdrewByWhatItSaidThen) {
  TestAuthority authority;
  authority.publish("goods", 1);
  authority.publish("tax", 1);
  TestHome home(authority);
  ASSERT_EQ(home.updated(authority), "goods@1 activated, tax@1 activated");
  authority.withdraw(target_of("goods", 1));
  for (const char* role : {"root", "timestamp", "snapshot", "targets"}) authority.repository.body(role).set("expires", "2026-06-01T00:00:00Z");
  authority.repository.publish_all();
  ASSERT_EQ(home.updated(authority, "2026-01-03T00:00:00Z"), "tax@1 unchanged");
  EXPECT_EQ(home.in_use("2026-03-01T00:00:00Z"), "goods@1 expired since 2026-02-01T00:00:00Z, tax@1 fresh");
}

}  // namespace
}  // namespace greenlane::test
