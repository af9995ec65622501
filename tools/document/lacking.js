// What browsers have and this window has not, by the names of Chromium 156: a page that asks for
// any of it cannot be judged here.
import * as domino from "./domino.js";

export const namesOfWindows = `
  AbstractRange AnalyserNode Animation AnimationEffect AnimationEvent AnimationPlaybackEvent
  AnimationTimeline AnimationTrigger Attr AudioBuffer AudioBufferSourceNode AudioContext AudioData
  AudioDestinationNode AudioListener AudioNode AudioParam AudioParamMap AudioProcessingEvent
  AudioScheduledSourceNode AudioSinkInfo AudioWorkletNode BackgroundFetchManager
  BackgroundFetchRecord BackgroundFetchRegistration BarProp BaseAudioContext
  BeforeInstallPromptEvent BeforeUnloadEvent BiquadFilterNode Blob BlobEvent BroadcastChannel
  BrowserCaptureMediaStreamTrack ByteLengthQueuingStrategy CanvasCaptureMediaStreamTrack
  CanvasGradient CanvasPattern CanvasRenderingContext2D captureEvents CaretPosition CDATASection
  ChannelMergerNode ChannelSplitterNode ChapterInformation CharacterBoundsUpdateEvent chrome
  clientInformation ClipboardEvent CloseWatcher CommandEvent CompressionStream ConstantSourceNode
  ContentVisibilityAutoStateChangeEvent ConvolverNode CountQueuingStrategy crashReport
  CrashReportContext createImageBitmap credentialless CropTarget crossOriginIsolated Crypto
  CSPViolationReportBody CSSAnimation CSSConditionRule CSSContainerRule CSSCounterStyleRule
  CSSFontFaceRule CSSFontFeatureValuesRule CSSFontPaletteValuesRule CSSFunctionDeclarations
  CSSFunctionDescriptors CSSFunctionRule CSSGroupingRule CSSImageValue CSSImportRule
  CSSKeyframeRule CSSKeyframesRule CSSKeywordValue CSSLayerBlockRule CSSLayerStatementRule
  CSSMarginRule CSSMathClamp CSSMathInvert CSSMathMax CSSMathMin CSSMathNegate CSSMathProduct
  CSSMathSum CSSMathValue CSSMatrixComponent CSSMediaRule CSSNamespaceRule CSSNestedDeclarations
  CSSNumericArray CSSNumericValue CSSPageRule CSSPerspective CSSPositionTryDescriptors
  CSSPositionTryRule CSSPositionValue CSSPropertyRule CSSPseudoElement CSSRotate CSSRule
  CSSRuleList CSSScale CSSScopeRule CSSSkew CSSSkewX CSSSkewY CSSStartingStyleRule CSSStyleRule
  CSSStyleSheet CSSStyleValue CSSSupportsRule CSSTransformComponent CSSTransformValue
  CSSTransition CSSTranslate CSSUnitValue CSSUnparsedValue CSSVariableReferenceValue
  CSSViewTransitionRule CustomElementRegistry customElements CustomStateSet DataTransfer
  DataTransferItem DataTransferItemList DecompressionStream DelayNode DelegatedInkTrailPresenter
  DocumentPictureInPictureEvent DocumentTimeline DOMError DOMMatrix DOMMatrixReadOnly DOMPoint
  DOMPointReadOnly DOMQuad DOMRect DOMRectList DOMRectReadOnly DOMStringList DOMStringMap
  DragEvent DynamicsCompressorNode EditContext ElementInternals EncodedAudioChunk
  EncodedVideoChunk EventCounts EventSource External external FeaturePolicy fence Fence
  FencedFrameConfig File FileList FileReader find FontFace FontFaceSet FontFaceSetLoadEvent
  FormDataEvent FragmentDirective GainNode Gamepad GamepadButton GamepadEvent
  GamepadHapticActuator Geolocation GeolocationCoordinates GeolocationPosition
  GeolocationPositionError Headers Highlight HighlightRegistry History HTMLAllCollection
  HTMLCameraElement HTMLCollection HTMLFencedFrameElement HTMLFormControlsCollection
  HTMLGeolocationElement HTMLMarqueeElement HTMLMicrophoneElement HTMLOptionsCollection
  HTMLPictureElement HTMLSelectedContentElement HTMLSlotElement HTMLUserMediaElement IDBCursor
  IDBCursorWithValue IDBDatabase IDBFactory IDBIndex IDBKeyRange IDBObjectStore IDBOpenDBRequest
  IDBRecord IDBRequest IDBTransaction IDBVersionChangeEvent IdleDeadline IIRFilterNode ImageBitmap
  ImageBitmapRenderingContext ImageData indexedDB Ink InputDeviceCapabilities InputDeviceInfo
  IntegrityViolationReportBody InteractionContentfulPaint InterestEvent IntersectionObserverEntry
  KeyframeEffect LargestContentfulPaint LaunchParams launchQueue LaunchQueue LayoutShift
  LayoutShiftAttribution locationbar MathMLElement MediaCapabilities MediaElementAudioSourceNode
  MediaEncryptedEvent MediaError MediaList MediaMetadata MediaQueryList MediaQueryListEvent
  MediaRecorder MediaSession MediaSource MediaSourceHandle MediaStream
  MediaStreamAudioDestinationNode MediaStreamAudioSourceNode MediaStreamEvent MediaStreamTrack
  MediaStreamTrackAudioStats MediaStreamTrackEvent MediaStreamTrackGenerator
  MediaStreamTrackProcessor MediaStreamTrackVideoStats menubar MessageChannel MessagePort MimeType
  MimeTypeArray moveBy moveTo MutationRecord NavigateEvent Navigation navigation
  NavigationActivation NavigationCurrentEntryChangeEvent NavigationDestination
  NavigationHistoryEntry NavigationPrecommitController NavigationTransition Navigator
  NavigatorUAData NetworkInformation NodeIterator NodeRange NotRestoredReasonDetails
  NotRestoredReasons Observable OfflineAudioCompletionEvent OfflineAudioContext offscreenBuffering
  OffscreenCanvas OffscreenCanvasRenderingContext2D OpaqueRange Origin originAgentCluster
  OscillatorNode OverconstrainedError PageRevealEvent PageSwapEvent PannerNode Path2D Performance
  PerformanceElementTiming PerformanceEntry PerformanceEventTiming
  PerformanceLongAnimationFrameTiming PerformanceLongTaskTiming PerformanceMark PerformanceMeasure
  PerformanceNavigation PerformanceNavigationTiming PerformanceObserver
  PerformanceObserverEntryList PerformancePaintTiming PerformanceResourceTiming
  PerformanceScriptTiming PerformanceServerTiming PerformanceSoftNavigation PerformanceTiming
  PerformanceTimingConfidence PeriodicSyncManager PeriodicWave Permissions PermissionsPolicy
  PermissionStatus personalbar PictureInPictureEvent PictureInPictureWindow Plugin PluginArray
  Profiler ProgressEvent PromiseRejectionEvent PushManager PushSubscription
  PushSubscriptionOptions QuotaExceededError RadioNodeList Range ReadableByteStreamController
  ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest
  ReadableStreamDefaultController ReadableStreamDefaultReader releaseEvents RemotePlayback
  ReportBody ReportingObserver Request requestResize resizeBy ResizeObserverEntry
  ResizeObserverSize resizeTo Response RestrictionTarget RTCCertificate RTCDataChannel
  RTCDataChannelEvent RTCDtlsTransport RTCDTMFSender RTCDTMFToneChangeEvent RTCEncodedAudioFrame
  RTCEncodedVideoFrame RTCError RTCErrorEvent RTCIceCandidate RTCIceTransport RTCPeerConnection
  RTCPeerConnectionIceErrorEvent RTCPeerConnectionIceEvent RTCRtpReceiver RTCRtpScriptTransform
  RTCRtpSender RTCRtpTransceiver RTCSctpTransport RTCSessionDescription RTCStatsReport
  RTCTrackEvent Sanitizer Scheduler scheduler Scheduling Screen screenLeft ScreenOrientation
  screenTop ScriptProcessorNode scrollbars ScrollTimeline SecurityPolicyViolationEvent Selection
  ShadowRoot SharedWorker SnapEvent SourceBuffer SourceBufferList SpeechGrammar SpeechGrammarList
  SpeechRecognition SpeechRecognitionErrorEvent SpeechRecognitionEvent speechSynthesis
  SpeechSynthesis SpeechSynthesisErrorEvent SpeechSynthesisEvent SpeechSynthesisUtterance
  SpeechSynthesisVoice StaticRange statusbar StereoPannerNode Storage styleMedia StylePropertyMap
  StylePropertyMapReadOnly StyleSheet StyleSheetList Subscriber SVGAElement SVGAngle
  SVGAnimatedAngle SVGAnimatedBoolean SVGAnimatedEnumeration SVGAnimatedInteger SVGAnimatedLength
  SVGAnimatedLengthList SVGAnimatedNumber SVGAnimatedNumberList SVGAnimatedPreserveAspectRatio
  SVGAnimatedRect SVGAnimatedString SVGAnimatedTransformList SVGAnimateElement
  SVGAnimateMotionElement SVGAnimateTransformElement SVGAnimationElement SVGCircleElement
  SVGClipPathElement SVGComponentTransferFunctionElement SVGDefsElement SVGDescElement
  SVGEllipseElement SVGFEBlendElement SVGFEColorMatrixElement SVGFEComponentTransferElement
  SVGFECompositeElement SVGFEConvolveMatrixElement SVGFEDiffuseLightingElement
  SVGFEDisplacementMapElement SVGFEDistantLightElement SVGFEDropShadowElement SVGFEFloodElement
  SVGFEFuncAElement SVGFEFuncBElement SVGFEFuncGElement SVGFEFuncRElement SVGFEGaussianBlurElement
  SVGFEImageElement SVGFEMergeElement SVGFEMergeNodeElement SVGFEMorphologyElement
  SVGFEOffsetElement SVGFEPointLightElement SVGFESpecularLightingElement SVGFESpotLightElement
  SVGFETileElement SVGFETurbulenceElement SVGFilterElement SVGForeignObjectElement SVGGElement
  SVGGeometryElement SVGGradientElement SVGGraphicsElement SVGImageElement SVGLength SVGLengthList
  SVGLinearGradientElement SVGLineElement SVGMarkerElement SVGMaskElement SVGMatrix
  SVGMetadataElement SVGMPathElement SVGNumber SVGNumberList SVGPathElement SVGPatternElement
  SVGPoint SVGPointList SVGPolygonElement SVGPolylineElement SVGPreserveAspectRatio
  SVGRadialGradientElement SVGRect SVGRectElement SVGScriptElement SVGSetElement SVGStopElement
  SVGStringList SVGStyleElement SVGSwitchElement SVGSymbolElement SVGTextContentElement
  SVGTextElement SVGTextPathElement SVGTextPositioningElement SVGTitleElement SVGTransform
  SVGTransformList SVGTSpanElement SVGUnitTypes SVGUseElement SVGViewElement SyncManager
  TaskAttributionTiming TaskController TaskPriorityChangeEvent TaskSignal TextDecoderStream
  TextEncoderStream TextEvent TextFormat TextFormatUpdateEvent TextMetrics TextTrack TextTrackCue
  TextTrackCueList TextTrackList TextUpdateEvent TimelineTrigger TimelineTriggerRange
  TimelineTriggerRangeList TimeRanges ToggleEvent toolbar Touch TouchEvent TouchList TrackEvent
  TransformStream TransformStreamDefaultController TransitionEvent TreeWalker TrustedHTML
  TrustedScript TrustedScriptURL TrustedTypePolicy TrustedTypePolicyFactory trustedTypes
  URLPattern UserActivation ValidityState VideoColorSpace VideoFrame VideoPlaybackQuality viewport
  Viewport ViewTimeline ViewTransition ViewTransitionTypeSet VirtualKeyboardGeometryChangeEvent
  VisibilityStateEntry VisualViewport visualViewport VTTCue WaveShaperNode WebGL2RenderingContext
  WebGLActiveInfo WebGLBuffer WebGLContextEvent WebGLFramebuffer WebGLObject WebGLProgram
  WebGLQuery WebGLRenderbuffer WebGLRenderingContext WebGLSampler WebGLShader
  WebGLShaderPrecisionFormat WebGLSync WebGLTexture WebGLTransformFeedback WebGLUniformLocation
  WebGLVertexArrayObject WebKitCSSMatrix WebKitMutationObserver WebSocketError WebSocketStream
  WindowControlsOverlay WindowControlsOverlayGeometryChangeEvent Worker WritableStream
  WritableStreamDefaultController WritableStreamDefaultWriter XMLDocument XMLHttpRequest
  XMLHttpRequestEventTarget XMLHttpRequestUpload XMLSerializer XPathEvaluator XPathExpression
  XPathResult XSLTProcessor Temporal WebAssembly webkitURL webkitRTCPeerConnection
  webkitMediaStream webkitRequestAnimationFrame webkitCancelAnimationFrame webkitSpeechRecognition
`.match(/\w+/g);

const NAMES = {
  Element: `
    shadowRoot part assignedSlot attachShadow computedStyleMap getHTML hasPointerCapture
    moveBefore requestPointerLock setHTML scrollIntoViewIfNeeded startViewTransition setHTMLUnsafe
    webkitMatchesSelector webkitRequestFullscreen currentCSSZoom ariaNotify
  `,
  HTMLElement: `
    attachInternals attributeStyleMap autocorrect draggable editContext hidePopover showPopover
    togglePopover virtualKeyboardPolicy writingSuggestions
  `,
  Document: `
    anchors wasDiscarded prerendering featurePolicy timeline fullscreenEnabled fullscreen
    rootElement activeViewTransition pictureInPictureEnabled pointerLockElement
    adoptedStyleSheets pictureInPictureElement customElementRegistry captureEvents
    caretPositionFromPoint caretRangeFromPoint clear createCDATASection createExpression
    createNSResolver createRange elementsFromPoint evaluate exitFullscreen exitPictureInPicture
    exitPointerLock getAnimations hasStorageAccess hasUnpartitionedCookieAccess moveBefore
    queryCommandEnabled queryCommandIndeterm queryCommandState queryCommandSupported
    queryCommandValue releaseEvents requestStorageAccess startViewTransition fragmentDirective
  `,
  HTMLInputElement: `
    createValueRange popoverTargetAction popoverTargetElement showPicker stepDown stepUp
    valueAsDate
  `,
  HTMLSelectElement: "item namedItem showPicker",
  NodeList: "add remove selectedIndex",
  HTMLButtonElement: "command commandForElement popoverTargetAction popoverTargetElement",
  HTMLAnchorElement: "relList text",
  HTMLDataListElement: "options",
  HTMLMapElement: "areas",
  HTMLMeterElement: "high labels low max min optimum",
  HTMLProgressElement: "labels position",
  HTMLSlotElement: "assign assignedElements assignedNodes",
  HTMLIFrameElement: "contentDocument contentWindow sandbox",
  HTMLObjectElement: "contentDocument contentWindow checkValidity reportValidity validity",
  HTMLLinkElement: "sheet disabled",
  HTMLStyleElement: "sheet disabled",
  HTMLTableCellElement: "cellIndex",
  HTMLVideoElement: "videoHeight videoWidth requestPictureInPicture requestVideoFrameCallback",
  SVGElement: `
    autofocus blur checkVisibility createSVGPoint createSVGTransform dataset focus getBBox
    getCTM getElementById getPointAtLength getScreenCTM getTotalLength height ownerSVGElement
    tabIndex transform viewBox viewportElement width
  `,
  Text: "assignedSlot",
  UIEvent: "sourceCapabilities initUIEvent",
  CustomEvent: "initCustomEvent",
  StorageEvent: "initStorageEvent",
  WheelEvent: "wheelDelta wheelDeltaX wheelDeltaY",
  AbortSignal: "throwIfAborted onabort",
  Notification: "title body tag data icon",
  HTMLDialogElement: "closedBy requestClose",
  HTMLDetailsElement: "name",
  HTMLMediaElement: `
    error currentSrc networkState buffered readyState seeking duration defaultPlaybackRate
    playbackRate played seekable ended preservesPitch controlsList textTracks srcObject
    NETWORK_EMPTY NETWORK_IDLE NETWORK_LOADING NETWORK_NO_SOURCE HAVE_NOTHING HAVE_METADATA
    HAVE_CURRENT_DATA HAVE_FUTURE_DATA HAVE_ENOUGH_DATA addTextTrack canPlayType captureStream
    loading sinkId remote disableRemotePlayback setSinkId
  `,
  HTMLCanvasElement: "captureStream transferControlToOffscreen",
  HTMLImageElement: `
    sizes naturalWidth naturalHeight complete currentSrc decoding fetchPriority loading x y
    decode
  `,
  HTMLFieldSetElement: "elements",
  HTMLTableElement: `
    caption tHead tFoot createCaption createTBody createTFoot createTHead deleteCaption
    deleteTFoot deleteTHead
  `,
  HTMLTableSectionElement: "deleteRow",
  HTMLTableRowElement: "rowIndex sectionRowIndex deleteCell",
  DOMTokenList: "entries keys",
  MouseEvent: "movementX movementY offsetX offsetY fromElement toElement layerX layerY initMouseEvent",
  KeyboardEvent: "initKeyboardEvent",
  InputEvent: "dataTransfer getTargetRanges",
  PointerEvent: "width height pressure tiltX tiltY isPrimary getCoalescedEvents getPredictedEvents",
  MessageEvent: "ports lastEventId initMessageEvent",
};

const namesOf = Object.entries(NAMES).map(([kind, names]) => [kind, new Set(names.match(/\w+/g))]);
const all = new Set(namesOf.flatMap(([, names]) => [...names]));

export const isMissing = (object, name) =>
  all.has(name) &&
  namesOf.some(([kind, names]) => names.has(name) && object instanceof kindOf(kind));

const kindOf = (kind) => domino[kind] ?? globalThis[kind];
