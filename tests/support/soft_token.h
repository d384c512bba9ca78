// A token of SoftHSM that a test makes in a folder of its own, with keys of pkcs11-tool.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "tests/support/folders.h"

namespace greenlane::test {

inline constexpr const char* soft_module = "/usr/lib/softhsm/libsofthsm2.so";

class SoftToken {
 public:
  /// `pin`: a command of the shell that prints the PIN, which so never comes into the memory of this process.
  explicit SoftToken(const std::string& label, const std::string& pin = "printf 1234") : label_(label) {
    std::filesystem::create_directory(folder_.path("tokens"));
    const std::string settings = folder_.write(
        "softhsm2.conf", "directories.tokendir = " + folder_.path("tokens") + "\nobjectstore.backend = file\nlog.level = ERROR\n");
    ::setenv("SOFTHSM2_CONF", settings.c_str(), 1);
    run(pin + " > " + folder_.path("pin"));
    run("softhsm2-util --init-token --free --label " + label + " --so-pin 87654321 --pin " + shown_pin());
  }
  ~SoftToken() { ::unsetenv("SOFTHSM2_CONF"); }

  /// `type`: as pkcs11-tool has it, for example "EC:prime256v1".
  void make_key(const std::string& type, const std::string& label, const std::string& id, const std::string& more = {}) const {
    run(std::string("pkcs11-tool --module ") + soft_module + " --token-label " + label_ + " --login --pin " + shown_pin() +
        " --keypairgen --key-type " + type + " --label " + label + " --id " + id + " " + more);
  }

  /// Leaves no copy behind but the one that it returns.
  std::string pin() const {
    std::string text(64, '\0');
    const int file = ::open(folder_.path("pin").c_str(), O_RDONLY | O_CLOEXEC);
    const ssize_t size = ::read(file, text.data(), text.size());
    ::close(file);
    EXPECT_GT(size, 0);
    text.resize(static_cast<std::size_t>(size));
    return text;
  }

 private:
  std::string shown_pin() const { return "\"$(cat " + folder_.path("pin") + ")\""; }

  void run(const std::string& command) const {
    EXPECT_EQ(std::system(("{ " + command + "; } 2> " + folder_.path("errors") + " >> " + folder_.path("log")).c_str()),
              0)  // NOLINT: words of this file only
        << command << "\n(scripts/install-packages.sh test installs softhsm2 and opensc)";
  }

  Folder folder_;
  std::string label_;
};

}  // namespace greenlane::test
