// Writes what this Mac plays to standard output, from a Core Audio process tap (macOS 14.4).
//
//     granola-like-tap [--exclude PID]… [--with-output]
//
// The messages are described in granola_like/audio/macos/tap.py. It ends when its standard input is
// closed. Never run on a Mac by us: written from Apple's headers and what others report.
//
// - The tap stands in the aggregate device's creation dictionary: added later it is silent on
//   macOS 26. Its stream is not chosen: choosing 0 is silent on some USB devices.
// - Without `--with-output` the aggregate has the tap alone. Some report silence then, others an
//   echo with the output in it, so the one who reads tries the other shape after silence.
// - A missing permission is no error here: all calls succeed and every sample is zero.

import AVFAudio
import CoreAudio
import Foundation

let outputFormat = AVAudioFormat(
  commonFormat: .pcmFormatInt16, sampleRate: 48_000, channels: 2, interleaved: true)!

struct TapError: Error {
  let sentence: String
}

/// Everything is written and rebuilt on this queue, so nothing else needs a lock.
let work = DispatchQueue(label: "tap", qos: .userInteractive)

func send(_ kind: Character, _ body: Data) {
  var message = Data([kind.asciiValue!])
  withUnsafeBytes(of: UInt32(body.count).littleEndian) { message.append(contentsOf: $0) }
  message.append(body)
  var sent = 0
  message.withUnsafeBytes { bytes in
    while sent < bytes.count {
      let wrote = write(STDOUT_FILENO, bytes.baseAddress! + sent, bytes.count - sent)
      if wrote < 0 && errno == EINTR { continue }
      if wrote <= 0 { exit(0) }  // nobody reads any more
      sent += wrote
    }
  }
}

func tell(_ event: [String: String]) {
  send("j", try! JSONSerialization.data(withJSONObject: event))
}

func address(_ selector: AudioObjectPropertySelector) -> AudioObjectPropertyAddress {
  AudioObjectPropertyAddress(
    mSelector: selector, mScope: kAudioObjectPropertyScopeGlobal,
    mElement: kAudioObjectPropertyElementMain)
}

func read<Value>(
  _ object: AudioObjectID, _ selector: AudioObjectPropertySelector, _ value: inout Value
) -> OSStatus {
  var place = address(selector)
  var size = UInt32(MemoryLayout<Value>.size)
  return AudioObjectGetPropertyData(object, &place, 0, nil, &size, &value)
}

func processObject(_ pid: pid_t) -> AudioObjectID? {
  var place = address(kAudioHardwarePropertyTranslatePIDToProcessObject)
  var pid = pid
  var object = AudioObjectID(kAudioObjectUnknown)
  var size = UInt32(MemoryLayout<AudioObjectID>.size)
  let status = AudioObjectGetPropertyData(
    AudioObjectID(kAudioObjectSystemObject), &place, UInt32(MemoryLayout<pid_t>.size), &pid,
    &size, &object)
  return status == noErr && object != kAudioObjectUnknown ? object : nil
}

func defaultOutput() -> AudioObjectID? {
  var device = AudioObjectID(kAudioObjectUnknown)
  let status = read(
    AudioObjectID(kAudioObjectSystemObject), kAudioHardwarePropertyDefaultOutputDevice, &device)
  return status == noErr && device != kAudioObjectUnknown ? device : nil
}

func defaultOutputUID() -> String? {
  guard let device = defaultOutput() else { return nil }
  var uid: CFString = "" as CFString
  guard read(device, kAudioDevicePropertyDeviceUID, &uid) == noErr else { return nil }
  return uid as String
}

/// One tap in one aggregate device, from its making to its end.
final class Tap {
  private var tap = AudioObjectID(kAudioObjectUnknown)
  private var device = AudioObjectID(kAudioObjectUnknown)
  private var procedure: AudioDeviceIOProcID?
  private let converter: AVAudioConverter
  private let tapFormat: AVAudioFormat

  init(excluding pids: [pid_t], withOutput: Bool) throws {
    let description = CATapDescription(
      stereoGlobalTapButExcludeProcesses: pids.compactMap(processObject))
    description.uuid = UUID()
    description.name = "granola_like"
    description.isPrivate = true
    description.muteBehavior = .unmuted
    var made = AudioObjectID(kAudioObjectUnknown)
    guard AudioHardwareCreateProcessTap(description, &made) == noErr else {
      throw TapError(sentence: "This program may not record the sound of this Mac.")
    }
    var form = AudioStreamBasicDescription()
    guard read(made, kAudioTapPropertyFormat, &form) == noErr,
      let format = AVAudioFormat(streamDescription: &form),
      let converter = AVAudioConverter(from: format, to: outputFormat)
    else {
      AudioHardwareDestroyProcessTap(made)
      throw TapError(sentence: "The sound of this Mac has a form that is not understood.")
    }
    tap = made
    tapFormat = format
    self.converter = converter
    do {
      try makeDevice(description.uuid.uuidString, withOutput: withOutput)
      try start()
    } catch {
      close()
      throw error
    }
  }

  private func makeDevice(_ uid: String, withOutput: Bool) throws {
    var shape: [String: Any] = [
      kAudioAggregateDeviceNameKey: "granola_like",
      kAudioAggregateDeviceUIDKey: UUID().uuidString,
      kAudioAggregateDeviceIsPrivateKey: true,
      kAudioAggregateDeviceIsStackedKey: false,
      kAudioAggregateDeviceTapAutoStartKey: true,
      kAudioAggregateDeviceTapListKey: [
        [kAudioSubTapUIDKey: uid, kAudioSubTapDriftCompensationKey: true]
      ],
    ]
    if withOutput, let output = defaultOutputUID() {
      shape[kAudioAggregateDeviceMainSubDeviceKey] = output
      shape[kAudioAggregateDeviceSubDeviceListKey] = [[kAudioSubDeviceUIDKey: output]]
    }
    guard AudioHardwareCreateAggregateDevice(shape as CFDictionary, &device) == noErr else {
      throw TapError(sentence: "The device that carries this Mac's sound could not be made.")
    }
    // It is made in the background, and starting it before it lives fails.
    for _ in 0..<100 {
      var alive = UInt32(0)
      if read(device, kAudioDevicePropertyDeviceIsAlive, &alive) == noErr, alive != 0 { return }
      usleep(20_000)
    }
    throw TapError(sentence: "The device that carries this Mac's sound did not come alive.")
  }

  private func start() throws {
    let status = AudioDeviceCreateIOProcIDWithBlock(&procedure, device, work) {
      [weak self] _, input, _, _, _ in
      self?.take(input)
    }
    guard status == noErr, AudioDeviceStart(device, procedure) == noErr else {
      throw TapError(sentence: "The sound of this Mac could not be started.")
    }
  }

  private func take(_ input: UnsafePointer<AudioBufferList>) {
    guard
      let block = AVAudioPCMBuffer(
        pcmFormat: tapFormat, bufferListNoCopy: UnsafeMutablePointer(mutating: input)),
      block.frameLength > 0
    else { return }
    let room = Double(block.frameLength) * outputFormat.sampleRate / tapFormat.sampleRate
    guard
      let out = AVAudioPCMBuffer(
        pcmFormat: outputFormat, frameCapacity: AVAudioFrameCount(room) + 1024)
    else { return }
    var isGiven = false
    var failure: NSError?
    converter.convert(to: out, error: &failure) { _, status in
      status.pointee = isGiven ? .noDataNow : .haveData
      defer { isGiven = true }
      return isGiven ? nil : block
    }
    guard failure == nil, out.frameLength > 0, let samples = out.int16ChannelData else { return }
    send("a", Data(bytes: samples[0], count: Int(out.frameLength) * 4))
  }

  func close() {
    if let procedure {
      AudioDeviceStop(device, procedure)
      AudioDeviceDestroyIOProcID(device, procedure)
    }
    procedure = nil
    if device != kAudioObjectUnknown { AudioHardwareDestroyAggregateDevice(device) }
    if tap != kAudioObjectUnknown { AudioHardwareDestroyProcessTap(tap) }
    device = AudioObjectID(kAudioObjectUnknown)
    tap = AudioObjectID(kAudioObjectUnknown)
  }
}

var excluded: [pid_t] = []
var withOutput = false
var words = CommandLine.arguments.dropFirst().makeIterator()
while let word = words.next() {
  switch word {
  case "--exclude": if let pid = words.next().flatMap({ pid_t($0) }) { excluded.append(pid) }
  case "--with-output": withOutput = true
  default:
    FileHandle.standardError.write(Data("granola-like-tap does not know \(word)\n".utf8))
    exit(2)
  }
}
signal(SIGPIPE, SIG_IGN)

var current: Tap?

func rebuild() {
  current?.close()
  current = nil
  do {
    current = try Tap(excluding: excluded, withOutput: withOutput)
  } catch {
    let sentence = (error as? TapError)?.sentence ?? "The sound of this Mac could not be tapped."
    tell(["event": "failed", "sentence": sentence])
    exit(1)
  }
}

work.async {
  rebuild()
  tell(["event": "ready"])
}

// A headset in the middle of a call changes rate and device; a tap that lives on is silent then.
// Changes come in bursts, so the last of them counts.
var change = 0
var watched: Set<AudioObjectID> = []

func watchOutput() {
  guard let device = defaultOutput(), watched.insert(device).inserted else { return }
  var place = address(kAudioDevicePropertyNominalSampleRate)
  AudioObjectAddPropertyListenerBlock(device, &place, work) { _, _ in
    if device == defaultOutput() { changed() }
  }
}

func changed() {
  change += 1
  let mine = change
  work.asyncAfter(deadline: .now() + 0.3) {
    guard mine == change else { return }
    watchOutput()
    rebuild()
    tell(["event": "moved"])
  }
}

var outputPlace = address(kAudioHardwarePropertyDefaultOutputDevice)
AudioObjectAddPropertyListenerBlock(
  AudioObjectID(kAudioObjectSystemObject), &outputPlace, work
) { _, _ in changed() }
work.async { watchOutput() }

// Whoever started us has gone when our standard input ends.
DispatchQueue.global().async {
  var byte: UInt8 = 0
  while Darwin.read(STDIN_FILENO, &byte, 1) > 0 {}
  work.async {
    current?.close()
    exit(0)
  }
}
dispatchMain()
