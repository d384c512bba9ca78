// Other formats as documents: what the SDK sees of a file.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "greenlane/assessment.h"
#include "greenlane/export.h"
#include "greenlane/result.h"
#include "greenlane/screening.h"

namespace greenlane {

/// An element, attribute or component of a message.
struct MessagePart {
  std::string path;      ///< from the document's root, without indices: "/MetaData/Declaration/ID"
  std::string place;     ///< as Place::xpath or Place::segment
  std::size_t line = 0;  ///< 1-based
  std::string text;      ///< as it is written there
};

/// A value of a document.
struct MappedValue {
  std::string pointer;                        ///< JSON Pointer
  std::string value;                          ///< as JSON
  std::optional<MessagePart> from = std::nullopt;  ///< of messages, unless a constant of the mapping made it
};

/// What came of one input.
struct ConvertedItem {
  Source source;
  std::size_t line = 0;          ///< where the input begins in its file, 1-based; 0 = unknown
  std::string json;              ///< the document, without line end; "" where there is an error
  std::optional<Error> error;    ///< why it could not be read
  std::vector<MappedValue> values;   ///< where ConvertOptions::values
  std::vector<MessagePart> unread;   ///< of messages: what the mapping neither reads nor ignores
  std::size_t parts_read = 0;        ///< of messages: elements and attributes with a text that the mapping reads,
  std::size_t parts_ignored = 0;     ///< and those that it ignores
  double read = 0;               ///< share of the bytes of all files read so far, 0 to 1; 0 for pipes
};

struct ConvertOptions {
  InputOptions input;
  bool values = false;  ///< whether items list the values of their documents
};

struct ConvertSummary {
  std::size_t converted = 0;
  std::size_t refused = 0;  ///< inputs that gave an error
};

/// Reads every input of `paths` (as screen_files() takes them) and gives each as a document, in order. Streams. An input
/// that cannot be read gives an item with an error, and the run goes on; an error of `on_item` stops it. JSON inputs are
/// greenlane.declaration/1. Errors: invalid_argument, io, invalid_mapping.
GREENLANE_EXPORT Result<ConvertSummary> convert_files(const std::vector<std::string>& paths, const ConvertOptions& options,
                                                      const std::function<Result<void>(ConvertedItem&&)>& on_item);

/// What a mapping is for.
struct MappingInfo {
  std::string id;
  Text title;
  std::string to;      ///< format of the documents it makes
  std::string source;  ///< "csv", "xml" or "edifact"
  std::size_t fields = 0;
};

/// Reads and checks a mapping file. Errors: io; invalid_json, invalid_document, invalid_mapping with a pointer into it.
GREENLANE_EXPORT Result<MappingInfo> check_mapping(const std::string& path);

}  // namespace greenlane
