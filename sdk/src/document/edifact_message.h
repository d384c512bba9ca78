// One EDIFACT message while its segments come in.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "document/edifact_syntax.h"
#include "document/edifact_tokenizer.h"
#include "document/message_tree.h"
#include "document/record_source.h"

namespace greenlane::document {

/// One message may have so many segments,
inline constexpr std::size_t edifact_message_segments = 100'000;
/// so many bytes of text, and so many elements in its tree: segments, groups and components.
inline constexpr std::size_t edifact_message_bytes = std::size_t{8} << 20;
inline constexpr std::size_t edifact_message_elements = 1'000'000;

/// Segments that belong together: from one named `start` to the next one, to one in `until`, to one that starts another
/// group at the same or a higher level, or to the end of the group around.
struct EdifactGroup {
  std::string name;
  std::string start;
  std::vector<std::string> until;
  std::vector<EdifactGroup> groups;
};

/// Collects the segments from UNH to UNT. The first thing that is wrong makes the message a bad record; its other
/// segments are counted only.
class EdifactMessage {
 public:
  /// Segments before the message that are shown in it (UNB, UNG) are added first, then UNH. `groups` and `charset` are
  /// the caller's and stay.
  EdifactMessage(const EdifactSegment& unh, const std::vector<EdifactGroup>& groups, EdifactCharset& charset);

  void add_before(const EdifactSegment& segment);
  void add(const EdifactSegment& segment, std::optional<Error> error);
  /// Checks UNT, which has been added.
  void check_end(const EdifactSegment& unt);
  void refuse(Error error);
  std::string name() const { return raw_reference_.empty() ? "the message" : "message " + reference_; }
  Record take();

 private:
  using Groups = std::vector<EdifactGroup>;

  void write(const EdifactSegment& segment, std::uint32_t position);
  void enter_groups(const EdifactSegment& segment);
  bool belongs_outside(std::string_view tag) const noexcept;
  void leave_group();
  std::string place(const EdifactSegment& segment) const;

  std::size_t line_;
  std::string reference_;      ///< in quotes
  std::string raw_reference_;  ///< as UNH has it
  const Groups& groups_;
  EdifactCharset& charset_;
  MessageTreeBuilder tree_;
  std::vector<const EdifactGroup*> open_;
  std::string text_;
  std::size_t segments_ = 0;
  std::optional<Error> error_;
};

}  // namespace greenlane::document
